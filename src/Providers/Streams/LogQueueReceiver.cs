using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using Orleans.Streams;
using SeedOrleans.Engine.Storage.Logs;

namespace SeedOrleans.Providers.Streams;

/// <summary>Follows one partition of the log from the place where consumers have finished.</summary>
internal sealed partial class LogQueueReceiver(
    uint partition, StreamLogs logs, Serializer<LogBatch> serializer, LogStreamOptions options, TimeProvider time,
    ILogger<LogQueueReceiver> logger) : IQueueAdapterReceiver
{
    private readonly SegmentedLog _log = logs.Log(partition);
    private readonly StreamMark _cursor = logs.Cursor(partition);
    private readonly StreamMark _start = logs.Start(partition);
    private readonly Dictionary<long, int> _unfinished = []; // segment → its batches that are still out
    private long _next;
    private long _committed;
    private long _committedAt;
    private long _lookedAt;

    public async Task Initialize(TimeSpan timeout)
    {
        _next = _committed = await _cursor.ReadAsync(CancellationToken.None);
        _committedAt = time.GetTimestamp();
    }

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    /// <returns>The batches of the next segment; none where it is not written yet.</returns>
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        if (_next == 0 || await FindNextAsync(cancellationToken) is not { } segment)
            return [];

        if (segment.Damage is { } damage)
            LogDamaged(logger, damage);

        List<IBatchContainer> batches = [];
        foreach (var (place, record) in segment.Records.Index())
            batches.Add(serializer.Deserialize(record)!.At(_next, place, record.Length));

        _unfinished[_next++] = batches.Count;
        return batches;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => MessagesDeliveredAsync(messages, CancellationToken.None);

    public async Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken)
    {
        foreach (var batch in messages.Cast<LogBatch>())
            _unfinished[batch.Segment]--;

        if (time.GetElapsedTime(_committedAt) >= options.CommitEvery)
            await CommitAsync(cancellationToken);
    }

    public async Task Shutdown(TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        await CommitAsync(patience.Token);
    }

    /// <summary>Where two receivers have followed the partition for a while, the other may have finished, and let be removed, what comes next here.</summary>
    private async Task<LogSegment?> FindNextAsync(CancellationToken cancellationToken)
    {
        if (await _log.ReadAsync(_next, cancellationToken) is { } segment)
            return segment;

        if (time.GetElapsedTime(_lookedAt) >= options.CommitEvery)
        {
            _lookedAt = time.GetTimestamp();
            _next = Math.Max(_next, await _start.ReadAsync(cancellationToken));
        }

        return null;
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        var finished = _unfinished.Where(segment => segment.Value > 0).Select(segment => segment.Key).DefaultIfEmpty(_next).Min();
        foreach (var segment in _unfinished.Keys.Where(segment => segment < finished).ToArray())
            _unfinished.Remove(segment);

        _committedAt = time.GetTimestamp();
        if (finished <= _committed)
            return;

        await _cursor.AdvanceAsync(finished, cancellationToken);
        _committed = finished;
    }

    [LoggerMessage(LogLevel.Error, "{Damage}")]
    private static partial void LogDamaged(ILogger logger, LogDamage damage);
}
