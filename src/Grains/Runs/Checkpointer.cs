using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>Writes a run's checkpoints while it trains on, and finds the one to begin from.</summary>
/// <remarks>Ranks copy their shares out of the tensors beside sampling, forward and backward: only an optimizer's step waits for a copy to be whole. Then it is written and committed.</remarks>
internal sealed class Checkpointer(CheckpointStore store, RankGroup ranks, CheckpointSpec spec, RunLedger ledger)
{
    private Task _writing = Task.CompletedTask;
    private string _newest = "";

    /// <param name="step">The last that the checkpoint may have.</param>
    /// <returns>The newest checkpoint on the ledger's history that is not among <paramref name="damaged"/>; null where there is none.</returns>
    public static async Task<CheckpointManifest?> FindNewestAsync(
        CheckpointStore store, RunLedger ledger, int step, IReadOnlySet<string> damaged, CancellationToken cancellationToken)
    {
        foreach (var name in (await store.ListAsync(cancellationToken)).Reverse().Where(name => !damaged.Contains(name)))
            try
            {
                var manifest = await store.ReadAsync(name, cancellationToken);
                if (manifest.Step <= step && manifest.Chain == await ledger.FindChainAsync(manifest.Step, cancellationToken))
                    return manifest;
            }
            catch (CheckpointException)
            {
                // An older one will do; what the ledger holds since then is computed again.
            }

        return null;
    }

    /// <summary>Returns when the copy has begun; waits for the checkpoint before, so that one copy at most is in memory.</summary>
    public async Task BeginAsync(int coldStartSteps, LedgerHead head, int updates, PromptPlace place, string weightsHash, CancellationToken cancellationToken)
    {
        await _writing;
        var branch = head.BranchOf(head.Step) ?? 0;
        var name = CheckpointStore.NameOf(coldStartSteps, head.Step, branch);
        if (name == _newest)
            return;

        _newest = name;
        await ranks.CopyCheckpointAsync(name, cancellationToken);
        _writing = WriteAsync(
            name,
            new CheckpointManifest
            {
                Format = CheckpointManifest.CurrentFormat,
                Branch = branch,
                ColdStartSteps = coldStartSteps,
                Step = head.Step,
                Updates = updates,
                Cursor = place.Cursor,
                Mixture = place.Mixture,
                Chain = head.Chain,
                WeightsHash = weightsHash,
                Ranks = 0,
                Tensors = ImmutableSortedDictionary<string, TensorRecord>.Empty,
            },
            cancellationToken);
    }

    /// <summary>Waits for the checkpoint that is on its way.</summary>
    public Task FlushAsync() => _writing;

    private async Task WriteAsync(string name, CheckpointManifest manifest, CancellationToken cancellationToken)
    {
        var written = await ranks.WriteCheckpointAsync(name, cancellationToken);
        var tensors = CheckpointStore.Merge(written.Select(shard => (
            shard.Tensor,
            new TensorRecord(
                shard.Dtype, shard.Shape,
                [new ShardRecord(shard.Offsets, shard.Lengths, shard.File, shard.Start, shard.Bytes, shard.Checksum)]))));

        await ThrowIfStaleAsync(cancellationToken);
        await store.TryCommitAsync(
            manifest with { Tensors = tensors, Ranks = tensors.Values.SelectMany(tensor => tensor.Shards).Select(shard => shard.File).Distinct().Count() },
            cancellationToken);

        // Whoever leads now may be about to begin from what looks old from here.
        await ThrowIfStaleAsync(cancellationToken);
        await store.CollectGarbageAsync(spec.Keep, isHeld: _ => false, cancellationToken);
    }

    private async Task ThrowIfStaleAsync(CancellationToken cancellationToken)
    {
        if (await ledger.FindEpochAsync(cancellationToken) is var newest && newest != ledger.Head.Epoch)
            throw new StaleEpochException(store.Folder, ledger.Head.Epoch, newest);
    }
}
