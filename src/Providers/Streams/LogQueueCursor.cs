using Orleans.Streams;

namespace SeedOrleans.Providers.Streams;

/// <summary>A consumer's place in a <see cref="LogQueueCache"/>.</summary>
internal sealed class LogQueueCursor(LogQueueCache cache, StreamId streamId, long start) : IQueueCacheCursor
{
    private long _next = start;
    private LogBatch? _current;

    public StreamId StreamId => streamId;

    /// <summary>The consumer has finished every batch of its stream before this number.</summary>
    public long Passed { get; private set; } = start;

    public IBatchContainer GetCurrent(out Exception? exception)
    {
        exception = null;
        return _current!;
    }

    public bool MoveNext()
    {
        if (cache.Find(streamId, _next) is { } found)
        {
            (_current, Passed, _next) = (found.Batch, found.Number, found.Number + 1);
            return true;
        }

        _current = null;
        Passed = _next = cache.End;
        return false;
    }

    public void Refresh(StreamSequenceToken token)
    {
    }

    public void RecordDeliveryFailure()
    {
    }

    public void Dispose() => cache.Forget(this);
}
