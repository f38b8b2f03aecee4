using Orleans.Streams;

namespace SeedOrleans.Providers.Streams;

/// <summary>Events of one partition that were read from the log and that some consumer has not finished yet, bounded in bytes.</summary>
/// <remarks>
/// An event leaves when every cursor of its stream has gone past it, so the oldest event here is the oldest that a crash would
/// have delivered again. Used by one pulling agent, one call at a time.
/// </remarks>
internal sealed class LogQueueCache(LogStreamOptions options, TimeProvider time) : IQueueCache
{
    private const int MostBatchesARead = 4096;

    private readonly Queue<(LogBatch Batch, long At)> _batches = [];
    private readonly Dictionary<StreamId, HashSet<LogQueueCursor>> _cursors = [];
    private long _bytes;

    /// <summary>Number of the oldest batch here, counted since the cache was made.</summary>
    internal long First { get; private set; }

    internal long End => First + _batches.Count;

    public int GetMaxAddCount() => MostBatchesARead;

    public bool IsUnderPressure() => _bytes >= options.CacheBytes;

    public void AddToCache(IList<IBatchContainer> messages)
    {
        var now = time.GetTimestamp();
        foreach (var batch in messages.Cast<LogBatch>())
        {
            _batches.Enqueue((batch, now));
            _bytes += batch.Bytes;
        }
    }

    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = [];
        while (_batches.TryPeek(out var oldest) && IsFinished(oldest.Batch, oldest.At))
        {
            _batches.Dequeue();
            _bytes -= oldest.Batch.Bytes;
            First++;
            purgedItems.Add(oldest.Batch);
        }

        return purgedItems.Count > 0;
    }

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token)
    {
        var start = First + (token is null ? 0 : _batches.TakeWhile(batch => batch.Batch.SequenceToken.Older(token)).Count());
        var cursor = new LogQueueCursor(this, streamId, start);
        if (!_cursors.TryGetValue(streamId, out var others))
            _cursors[streamId] = others = [];

        others.Add(cursor);
        return cursor;
    }

    /// <returns>The first batch of the stream from <paramref name="number"/> on, and its number; null where there is none.</returns>
    internal (long Number, LogBatch Batch)? Find(StreamId streamId, long number)
    {
        foreach (var (offset, batch) in _batches.Index().Skip((int)Math.Max(0, number - First)))
            if (batch.Batch.StreamId.Equals(streamId))
                return (First + offset, batch.Batch);

        return null;
    }

    internal void Forget(LogQueueCursor cursor)
    {
        if (_cursors.TryGetValue(cursor.StreamId, out var others) && others.Remove(cursor) && others.Count == 0)
            _cursors.Remove(cursor.StreamId);
    }

    private bool IsFinished(LogBatch batch, long at) => _cursors.TryGetValue(batch.StreamId, out var cursors)
        ? cursors.All(cursor => cursor.Passed > First)
        : time.GetElapsedTime(at) >= options.UnclaimedAfter;
}
