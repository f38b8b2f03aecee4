using System.Globalization;

namespace SeedOrleans.Engine.Storage.Logs;

/// <summary>A log as numbered blobs: a segment is written once, in whole, by whoever takes the next number first.</summary>
/// <remarks>Any number of writers in any number of processes may append; readers follow the numbers. A number that exists is never written again.</remarks>
public sealed class SegmentedLog(IBlobStore store, string folder)
{
    /// <returns>Null where the segment is not written yet, or was removed.</returns>
    public async Task<LogSegment?> ReadAsync(long segment, CancellationToken cancellationToken)
    {
        var name = NameOf(segment);
        return await store.ReadAsync(name, cancellationToken) is { } blob ? SegmentFormat.Decode(segment, name, blob.Content) : null;
    }

    /// <returns>The number of the newest segment; 0 where there is none.</returns>
    public async Task<long> FindLastAsync(CancellationToken cancellationToken)
    {
        var last = 0L;
        await foreach (var number in ListAsync(cancellationToken))
            last = number;

        return last;
    }

    /// <summary>Removes the segments before <paramref name="segment"/>, except the newest of all, from which writers go on counting.</summary>
    public async Task TrimAsync(long segment, CancellationToken cancellationToken)
    {
        var previous = 0L;
        await foreach (var number in ListAsync(cancellationToken))
        {
            if (previous > 0)
                await store.DeleteAsync(NameOf(previous), cancellationToken);

            if (number >= segment)
                return;

            previous = number;
        }
    }

    /// <returns>False where somebody else took the number.</returns>
    /// <exception cref="BlobException">The store refused, and yet nobody has the number: readers would stop at the gap.</exception>
    internal async Task<bool> TryWriteAsync(long segment, BlobContent content, CancellationToken cancellationToken)
    {
        var name = NameOf(segment);
        if (await store.TryCreateAsync(name, content, cancellationToken) is not null)
            return true;

        await store.ReadRangeAsync(name, 0, new byte[1], cancellationToken);
        return false;
    }

    private async IAsyncEnumerable<long> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ListAsync(folder + "/", cancellationToken))
            if (long.TryParse(entry.Name.AsSpan(folder.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                yield return number;
    }

    private string NameOf(long segment) => string.Create(CultureInfo.InvariantCulture, $"{folder}/{segment:d12}");
}
