using System.Globalization;
using System.Runtime.CompilerServices;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Tests.Storage;

/// <summary>A blob store in memory, for protocols that are tried thousands of times.</summary>
internal sealed class MemoryStore : IBlobStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private long _writes;

    public string Place => "memory";

    public Task<Blob?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_blobs.TryGetValue(name, out var blob) ? blob with { Content = [.. blob.Content] } : null);
    }

    public async Task ReadRangeAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var blob = await ReadAsync(name, cancellationToken) ?? throw BlobException.Missing(name, this);
        if (offset + buffer.Length > blob.Content.Length)
            throw BlobException.TooShort(name, this, blob.Content.Length, offset, buffer.Length);

        blob.Content.AsMemory((int)offset, buffer.Length).CopyTo(buffer);
    }

    public Task<BlobTag> WriteAsync(string name, BlobContent content, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(Put(name, content));
    }

    public Task<BlobTag?> TryCreateAsync(string name, BlobContent content, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<BlobTag?>(_blobs.ContainsKey(name) ? null : Put(name, content));
    }

    public Task<BlobTag?> TryReplaceAsync(string name, BlobContent content, BlobTag expected, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<BlobTag?>(_blobs.TryGetValue(name, out var there) && there.Tag == expected ? Put(name, content) : null);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        lock (_gate)
            _blobs.Remove(name);

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobEntry[] entries;
        lock (_gate)
            entries = [.. _blobs.Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(blob => new BlobEntry(blob.Key, blob.Value.Content.Length))];

        await Task.CompletedTask;
        foreach (var entry in entries)
            yield return entry;
    }

    private BlobTag Put(string name, BlobContent content)
    {
        BlobName.Check(name);
        var tag = new BlobTag((++_writes).ToString(CultureInfo.InvariantCulture));
        _blobs[name] = new Blob([.. content.Parts.SelectMany(part => part.ToArray())], tag);
        return tag;
    }
}
