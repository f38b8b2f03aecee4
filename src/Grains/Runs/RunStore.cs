using System.Text.Json;
using Orleans.Serialization;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.Logs;

namespace SeedOrleans.Grains.Runs;

/// <summary>Where a run's memory lies in the store, under <c>runs/RUN</c>.</summary>
public sealed class RunStore(IBlobStore store, Serializer serializer)
{
    public static string FolderOf(string runId) => $"runs/{BlobName.Segment(runId)}";

    public RunLedger Ledger(string runId) => new(store, FolderOf(runId));

    public CheckpointStore Checkpoints(string runId) => new(store, $"{FolderOf(runId)}/checkpoints");

    /// <summary>What the run told those who watch.</summary>
    public SegmentedLog Events(string runId) => new(store, $"{FolderOf(runId)}/events");

    /// <returns>False where the run exists already.</returns>
    public async Task<bool> TryCreateAsync(string runId, RunCard card, CancellationToken cancellationToken) =>
        await store.TryCreateAsync(CardOf(runId), Seal.Close(serializer.SerializeToArray(card)), cancellationToken) is not null;

    /// <returns>Null where there is no such run.</returns>
    public async Task<RunCard?> FindAsync(string runId, CancellationToken cancellationToken) =>
        await store.ReadAsync(CardOf(runId), cancellationToken) is { } blob
            ? serializer.Deserialize<RunCard>(Seal.Open(blob.Content, CardOf(runId), store))
            : null;

    public Task WritePlacesAsync(string runId, RunPlaces places, CancellationToken cancellationToken) =>
        store.WriteAsync(PlacesOf(runId), Seal.Close(JsonSerializer.SerializeToUtf8Bytes(places)), cancellationToken);

    /// <returns>Null where no life of the run got so far, or where what it wrote is damaged: nothing but figures depends on it.</returns>
    public async Task<RunPlaces?> FindPlacesAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(PlacesOf(runId), cancellationToken) is { } blob
                ? JsonSerializer.Deserialize<RunPlaces>(Seal.Open(blob.Content, PlacesOf(runId), store).Span)
                : null;
        }
        catch (BlobDamagedException)
        {
            return null;
        }
    }

    private static string CardOf(string runId) => $"{FolderOf(runId)}/card";

    private static string PlacesOf(string runId) => $"{FolderOf(runId)}/places.json";
}
