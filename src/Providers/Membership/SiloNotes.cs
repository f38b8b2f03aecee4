using System.Text.Json;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.Membership;

/// <summary>What the silos of a cluster tell each other beside the membership table: blobs that only their own silo writes.</summary>
/// <remarks><c>silos/SILO</c> is a silo's card; <c>draining/SILO</c> says that it was told to leave.</remarks>
public sealed class SiloNotes(IBlobStore store, string clusterId)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _folder = $"clusters/{BlobName.Segment(clusterId)}";

    private string Cards => $"{_folder}/silos/";

    private string Draining => $"{_folder}/draining/";

    public Task WriteCardAsync(SiloAddress silo, SiloCard card, CancellationToken cancellationToken) =>
        store.WriteAsync(Cards + NameOf(silo), JsonSerializer.SerializeToUtf8Bytes(card, Json), cancellationToken);

    /// <returns>Null where the silo has written none.</returns>
    public async Task<SiloCard?> FindCardAsync(SiloAddress silo, CancellationToken cancellationToken) =>
        await store.ReadAsync(Cards + NameOf(silo), cancellationToken) is { } blob ? JsonSerializer.Deserialize<SiloCard>(blob.Content, Json) : null;

    /// <summary>Says that a silo hands over and leaves, for as long as it lives.</summary>
    public Task MarkDrainingAsync(SiloAddress silo, CancellationToken cancellationToken) =>
        store.WriteAsync(Draining + NameOf(silo), Array.Empty<byte>(), cancellationToken);

    /// <returns>Those of <paramref name="silos"/> that are marked.</returns>
    public async Task<IReadOnlyCollection<SiloAddress>> FindDrainingAsync(IEnumerable<SiloAddress> silos, CancellationToken cancellationToken)
    {
        HashSet<string> marks = [];
        await foreach (var mark in store.ListAsync(Draining, cancellationToken))
            marks.Add(mark.Name[Draining.Length..]);

        return marks.Count == 0 ? [] : [.. silos.Where(silo => marks.Contains(NameOf(silo)))];
    }

    /// <summary>Removes what a silo, and all that lived at its address before it, have written.</summary>
    public async Task ForgetAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        var address = silo.ToParsableString();
        var endPoint = BlobName.Segment(address[..(address.LastIndexOf('@') + 1)]);
        foreach (var kind in (string[])[Cards, Draining])
            await foreach (var note in store.ListAsync(kind + endPoint, cancellationToken))
                await store.DeleteAsync(note.Name, cancellationToken);
    }

    private static string NameOf(SiloAddress silo) => BlobName.Segment(silo.ToParsableString());
}
