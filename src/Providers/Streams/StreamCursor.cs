using System.Globalization;
using System.Text;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.Streams;

/// <summary>The first segment of a partition that may hold events which no consumer has finished. It only moves forward, whoever writes it.</summary>
internal sealed class StreamCursor(IBlobStore store, string name)
{
    public async Task<long> ReadAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).Segment;

    public async Task AdvanceAsync(long segment, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (current, tag) = await LoadAsync(cancellationToken);
            if (segment <= current && tag is not null)
                return;

            var content = Encoding.ASCII.GetBytes(segment.ToString(CultureInfo.InvariantCulture));
            var written = tag is { } expected
                ? await store.TryReplaceAsync(name, content, expected, cancellationToken)
                : await store.TryCreateAsync(name, content, cancellationToken);
            if (written is not null)
                return;
        }
    }

    private async Task<(long Segment, BlobTag? Tag)> LoadAsync(CancellationToken cancellationToken) =>
        await store.ReadAsync(name, cancellationToken) is { } blob
            ? (long.Parse(Encoding.ASCII.GetString(blob.Content), CultureInfo.InvariantCulture), blob.Tag)
            : (1, null);
}
