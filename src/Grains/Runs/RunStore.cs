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
    public Task<bool> TryCreateAsync(string runId, RunCard card, CancellationToken cancellationToken) =>
        TryWriteAsync($"{FolderOf(runId)}/card", card, cancellationToken);

    /// <returns>Null where there is no such run.</returns>
    public Task<RunCard?> FindAsync(string runId, CancellationToken cancellationToken) =>
        ReadAsync<RunCard>($"{FolderOf(runId)}/card", cancellationToken);

    /// <returns>False where the run had ended before.</returns>
    public Task<bool> TryEndAsync(string runId, RunOutcome outcome, CancellationToken cancellationToken) =>
        TryWriteAsync($"{FolderOf(runId)}/outcome", outcome, cancellationToken);

    /// <returns>Null while the run has not ended.</returns>
    public Task<RunOutcome?> FindOutcomeAsync(string runId, CancellationToken cancellationToken) =>
        ReadAsync<RunOutcome>($"{FolderOf(runId)}/outcome", cancellationToken);

    private async Task<bool> TryWriteAsync<T>(string name, T value, CancellationToken cancellationToken) =>
        await store.TryCreateAsync(name, serializer.SerializeToArray(value), cancellationToken) is not null;

    private async Task<T?> ReadAsync<T>(string name, CancellationToken cancellationToken)
        where T : class =>
        await store.ReadAsync(name, cancellationToken) is { } blob ? serializer.Deserialize<T>(blob.Content) : null;
}
