using System.Threading.Channels;

namespace SeedOrleans.Engine.Storage.Logs;

/// <summary>Appends to a log in batches: records that come while a segment is on its way to the store share the next one.</summary>
public sealed class LogWriter : IAsyncDisposable
{
    private const int MostSegmentBytes = 8 << 20;

    private readonly SegmentedLog _log;
    private readonly Channel<Pending> _pending = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopped = new();
    private readonly Task _loop;
    private long _next;

    public LogWriter(SegmentedLog log)
    {
        _log = log;
        _loop = Task.Run(WriteAllAsync);
    }

    /// <returns>Where the record is, once it is durable.</returns>
    /// <exception cref="BlobException">The store failed: the record may have been written or not.</exception>
    /// <exception cref="ObjectDisposedException">The writer ended before the record was written.</exception>
    public Task<LogPosition> AppendAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        var pending = new Pending(record, new TaskCompletionSource<LogPosition>(TaskCreationOptions.RunContinuationsAsynchronously));
        ObjectDisposedException.ThrowIf(!_pending.Writer.TryWrite(pending), this);
        return pending.Written.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for the segment that is on its way; what has not begun is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _stopped.CancelAsync();
        await _loop;
        _stopped.Dispose();
    }

    private async Task WriteAllAsync()
    {
        while (await _pending.Reader.WaitToReadAsync())
        {
            var batch = TakeBatch();
            if (_stopped.IsCancellationRequested)
            {
                Fail(batch, new ObjectDisposedException(nameof(LogWriter)));
                continue;
            }

            try
            {
                var segment = await WriteAsync(SegmentFormat.Encode([.. batch.Select(pending => pending.Record)]));
                foreach (var (at, pending) in batch.Index())
                    pending.Written.SetResult(new LogPosition(segment, at));
            }
            catch (Exception failure) // Each caller's to handle.
            {
                _next = 0;
                Fail(batch, failure);
            }
        }
    }

    private List<Pending> TakeBatch()
    {
        List<Pending> batch = [];
        var bytes = 0L;
        while (bytes < MostSegmentBytes && _pending.Reader.TryRead(out var pending))
        {
            batch.Add(pending);
            bytes += pending.Record.Length;
        }

        return batch;
    }

    private async Task<long> WriteAsync(BlobContent content)
    {
        if (_next == 0)
            _next = await _log.FindLastAsync(CancellationToken.None) + 1;

        while (!await _log.TryWriteAsync(_next, content, CancellationToken.None))
            _next++;

        return _next++;
    }

    private static void Fail(List<Pending> batch, Exception failure)
    {
        foreach (var pending in batch)
            pending.Written.SetException(failure);
    }

    private sealed record Pending(ReadOnlyMemory<byte> Record, TaskCompletionSource<LogPosition> Written);
}
