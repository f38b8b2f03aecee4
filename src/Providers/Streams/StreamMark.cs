using System.Globalization;
using System.Text;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.Streams;

/// <summary>A durable place in a partition: the number of a segment. It only moves forward, whoever writes it.</summary>
/// <param name="isBeginningSafe">Whether to take the log's beginning where the mark is damaged: more is read, or kept, than need be.</param>
internal sealed class StreamMark(IBlobStore store, string name, bool isBeginningSafe)
{
    /// <summary>The first segment of a log.</summary>
    public const long Beginning = 1;

    /// <returns><see cref="Beginning"/> where it was never set.</returns>
    public async Task<long> ReadAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).Segment;

    /// <summary>Sets it where it was never set.</summary>
    public Task BeginAsync(long segment, CancellationToken cancellationToken) => store.TryCreateAsync(name, Bytes(segment), cancellationToken);

    public async Task AdvanceAsync(long segment, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (current, tag) = await LoadAsync(cancellationToken);
            if (segment <= current && tag is not null)
                return;

            var content = Bytes(segment);
            var written = tag is { } expected
                ? await store.TryReplaceAsync(name, content, expected, cancellationToken)
                : await store.TryCreateAsync(name, content, cancellationToken);
            if (written is not null)
                return;
        }
    }

    public Task DeleteAsync(CancellationToken cancellationToken) => store.DeleteAsync(name, cancellationToken);

    /// <exception cref="BlobDamagedException">It is not what was written, and the beginning would be wrong.</exception>
    private async Task<(long Segment, BlobTag? Tag)> LoadAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(name, cancellationToken) is not { } blob)
            return (Beginning, null);

        try
        {
            return (long.Parse(Encoding.ASCII.GetString(Seal.Open(blob.Content, name, store).Span), CultureInfo.InvariantCulture), blob.Tag);
        }
        catch (BlobDamagedException) when (isBeginningSafe)
        {
            return (Beginning, blob.Tag);
        }
    }

    private static byte[] Bytes(long segment) => Seal.Close(Encoding.ASCII.GetBytes(segment.ToString(CultureInfo.InvariantCulture)));
}
