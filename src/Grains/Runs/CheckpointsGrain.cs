using System.Collections.Immutable;
using System.Text.Json;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Storage;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Runs;

/// <inheritdoc cref="ICheckpointsGrain"/>
internal sealed class CheckpointsGrain(RunStore runs) : Grain, ICheckpointsGrain
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private string RunId => this.GetPrimaryKeyString();

    private CheckpointStore Store => runs.Checkpoints(RunId);

    public Task<ImmutableArray<CheckpointInfo>> ListAsync(CancellationToken cancellationToken) => AnswerAsync(async () =>
    {
        var ledger = runs.Ledger(RunId);
        await ledger.ReadHeadAsync(cancellationToken);
        List<CheckpointInfo> checkpoints = [];
        foreach (var name in await Store.ListAsync(cancellationToken))
        {
            var manifest = await Store.ReadAsync(name, cancellationToken);
            checkpoints.Add(new CheckpointInfo
            {
                Name = name,
                Step = manifest.Step,
                ColdStartSteps = manifest.ColdStartSteps,
                WeightsHash = manifest.WeightsHash,
                Tensors = manifest.Tensors.Count,
                Ranks = manifest.Ranks,
                Bytes = CheckpointStore.BytesOf(manifest),
                IsPinned = await Store.IsPinnedAsync(name, cancellationToken),
                IsCurrent = manifest.Chain == await ledger.FindChainAsync(manifest.Step, cancellationToken),
            });
        }

        return checkpoints.ToImmutableArray();
    });

    public Task<string> ShowAsync(string checkpoint, CancellationToken cancellationToken) =>
        AnswerAsync(async () => JsonSerializer.Serialize(await Store.ReadAsync(checkpoint, cancellationToken), Readable));

    public Task<ImmutableArray<string>> VerifyAsync(string checkpoint, CancellationToken cancellationToken) =>
        AnswerAsync(async () => (await Store.VerifyAsync(checkpoint, cancellationToken)).ToImmutableArray());

    public Task PinAsync(string checkpoint, bool isPinned, CancellationToken cancellationToken) => AnswerAsync(async () =>
    {
        if (isPinned)
            await Store.PinAsync(checkpoint, cancellationToken);
        else
            await Store.UnpinAsync(checkpoint, cancellationToken);

        return true;
    });

    public Task RemoveAsync(string checkpoint, CancellationToken cancellationToken) => AnswerAsync(async () =>
    {
        _ = await Store.ReadAsync(checkpoint, cancellationToken);
        if (await FindNeededAsync(cancellationToken) == checkpoint)
            throw new RunRefusedException($"Run {RunId} would begin from checkpoint {checkpoint} after a loss; stop the run first, or wait for a newer one.");

        return await Store.RemoveAsync(checkpoint, cancellationToken)
            ? true
            : throw new RunRefusedException($"Checkpoint {checkpoint} is pinned; unpin it first.");
    });

    public Task<ImmutableArray<string>> CollectGarbageAsync(CancellationToken cancellationToken) => AnswerAsync(async () =>
    {
        var card = await runs.FindAsync(RunId, cancellationToken) ?? throw new RunRefusedException($"There is no run {RunId}.");
        var needed = await FindNeededAsync(cancellationToken);
        return await Store.CollectGarbageAsync(card.Spec.Checkpoint.Keep, name => name == needed, cancellationToken);
    });

    /// <returns>The checkpoint that an unfinished run would begin from; null where the run is finished or has none.</returns>
    private async Task<string?> FindNeededAsync(CancellationToken cancellationToken)
    {
        var ledger = runs.Ledger(RunId);
        var head = await ledger.ReadHeadAsync(cancellationToken);
        return head.Ending is null
            && await Checkpointer.FindNewestAsync(Store, ledger, head.Step, new HashSet<string>(), cancellationToken) is { } newest
            ? CheckpointStore.NameOf(newest)
            : null;
    }

    /// <summary>Turns what is wrong with a checkpoint into what a client knows.</summary>
    private static async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer();
        }
        catch (Exception refused) when (refused is CheckpointException or BlobException or ArgumentException)
        {
            throw new RunRefusedException(refused.Message);
        }
    }
}
