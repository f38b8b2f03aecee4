using System.Collections.Concurrent;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.Logs;

namespace SeedOrleans.Providers.Streams;

/// <summary>Where a provider's partitions lie in a store: a log and a cursor for each.</summary>
/// <param name="folder">Of the provider.</param>
internal sealed class StreamLogs(IBlobStore store, string folder) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<uint, Lazy<LogWriter>> _writers = new();

    public SegmentedLog Log(uint partition) => new(store, $"{Folder(partition)}/log");

    public LogWriter Writer(uint partition) =>
        _writers.GetOrAdd(partition, number => new Lazy<LogWriter>(() => new LogWriter(Log(number)))).Value;

    public StreamCursor Cursor(uint partition) => new(store, $"{Folder(partition)}/cursor");

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers.Values)
            await writer.Value.DisposeAsync();
    }

    private string Folder(uint partition) => $"{folder}/{partition}";
}
