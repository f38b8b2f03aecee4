using System.Collections.Concurrent;

namespace SeedOrleans.Providers.Streams;

/// <summary>Appends to partitions where every reader looks: never to a number whose segment <see cref="LogTrimmer"/> has removed.</summary>
internal sealed class PartitionAppender(StreamLogs logs, TimeProvider time)
{
    /// <summary>How long a writer goes by the mark that it has read.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<uint, (long Start, long ReadAt)> _starts = [];

    /// <summary>Durable, and before no reader's place, once its task has completed.</summary>
    public async Task AppendAsync(uint partition, ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        while (true)
        {
            var writer = logs.Writer(partition);
            try
            {
                var written = await writer.AppendAsync(record, cancellationToken);
                if (written.Segment >= await StartAsync(partition, cancellationToken))
                    return;
            }
            catch (ObjectDisposedException) when (logs.Writer(partition) != writer)
            {
                // Somebody found first that it wrote where nobody reads.
            }

            await logs.ForgetAsync(partition, writer);
        }
    }

    private async Task<long> StartAsync(uint partition, CancellationToken cancellationToken)
    {
        if (_starts.TryGetValue(partition, out var known) && time.GetElapsedTime(known.ReadAt) < Freshness)
            return known.Start;

        var readAt = time.GetTimestamp();
        var start = await logs.Start(partition).ReadAsync(cancellationToken);
        _starts[partition] = (start, readAt);
        return start;
    }
}
