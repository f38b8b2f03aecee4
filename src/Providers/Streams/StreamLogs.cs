using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.Logs;

namespace SeedOrleans.Providers.Streams;

/// <summary>Where a provider's partitions lie in a store: for each a log, marks on it, and those who may still read from it.</summary>
/// <param name="folder">Of the provider.</param>
internal sealed class StreamLogs(IBlobStore store, string folder) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<uint, Lazy<LogWriter>> _writers = new();

    public SegmentedLog Log(uint partition) => new(store, $"{Folder(partition)}/log");

    public LogWriter Writer(uint partition) =>
        _writers.GetOrAdd(partition, number => new Lazy<LogWriter>(() => new LogWriter(Log(number)))).Value;

    /// <summary>The next <see cref="Writer"/> looks for the log's end again; what this one has not begun is refused.</summary>
    public async Task ForgetAsync(uint partition, LogWriter writer)
    {
        if (_writers.TryGetValue(partition, out var held) && held.Value == writer && _writers.TryRemove(new(partition, held)))
            await writer.DisposeAsync();
    }

    /// <summary>Before it, consumers have finished every event.</summary>
    public StreamMark Cursor(uint partition) => new(store, $"{Folder(partition)}/cursor", isBeginningSafe: true);

    /// <summary>Before it, segments are removed or will be.</summary>
    public StreamMark Start(uint partition) => new(store, $"{Folder(partition)}/start", isBeginningSafe: false);

    /// <summary>From it on, somebody may read again what was delivered.</summary>
    public StreamMark Hold(uint partition, string holder) => new(store, Holds(partition) + BlobName.Segment(holder), isBeginningSafe: true);

    /// <summary>All <see cref="Hold"/> marks of a partition.</summary>
    public async IAsyncEnumerable<StreamMark> HoldsAsync(uint partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var hold in store.ListAsync(Holds(partition), cancellationToken))
            yield return new StreamMark(store, hold.Name, isBeginningSafe: true);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers.Values)
            await writer.Value.DisposeAsync();
    }

    private string Folder(uint partition) => $"{folder}/{partition}";

    private string Holds(uint partition) => $"{Folder(partition)}/holds/";
}
