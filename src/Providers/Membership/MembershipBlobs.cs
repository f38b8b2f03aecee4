using System.Globalization;
using System.Text;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.Membership;

/// <summary>Where a cluster's membership lies in a store: the table, and a sign of life for each silo, which is written often and races with nobody.</summary>
internal sealed class MembershipBlobs(IBlobStore store, string clusterId)
{
    private readonly string _folder = $"clusters/{BlobName.Segment(clusterId)}";

    private string Table => $"{_folder}/membership.json";

    private string Alive => $"{_folder}/alive/";

    /// <returns>The empty table, with no tag, where none has been written.</returns>
    public async Task<(MembershipDocument Document, BlobTag? Tag)> ReadTableAsync() =>
        await store.ReadAsync(Table, CancellationToken.None) is { } blob ? (MembershipDocument.Parse(Seal.Open(blob.Content, Table, store)), blob.Tag) : (new MembershipDocument(), null);

    /// <returns>False where somebody else wrote meanwhile.</returns>
    public async Task<bool> TryWriteTableAsync(MembershipDocument document, BlobTag? expected) => (expected is { } tag
        ? await store.TryReplaceAsync(Table, Seal.Close(document.ToBytes()), tag, CancellationToken.None)
        : await store.TryCreateAsync(Table, Seal.Close(document.ToBytes()), CancellationToken.None)) is not null;

    public Task WriteAliveAsync(SiloAddress silo, DateTime at) =>
        store.WriteAsync(AliveOf(silo), Encoding.ASCII.GetBytes(at.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture)), CancellationToken.None);

    /// <returns>Null where the silo has given no sign of life.</returns>
    public async Task<DateTime?> ReadAliveAsync(SiloAddress silo) =>
        await store.ReadAsync(AliveOf(silo), CancellationToken.None) is { } blob
        && DateTime.TryParse(Encoding.ASCII.GetString(blob.Content), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? at
            : null;

    public Task DeleteAliveAsync(SiloAddress silo) => store.DeleteAsync(AliveOf(silo), CancellationToken.None);

    public async Task DeleteAllAsync()
    {
        await store.DeleteAsync(Table, CancellationToken.None);
        await foreach (var sign in store.ListAsync(Alive, CancellationToken.None))
            await store.DeleteAsync(sign.Name, CancellationToken.None);
    }

    private string AliveOf(SiloAddress silo) => Alive + BlobName.Segment(silo.ToParsableString());
}
