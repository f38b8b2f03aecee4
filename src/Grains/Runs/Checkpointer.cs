using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>Writes a run's checkpoints while it trains on, and finds the one to begin from.</summary>
/// <remarks>Training stands still while the ranks copy their shares out of the tensors; writing and committing happen behind its back.</remarks>
internal sealed class Checkpointer(CheckpointStore store, RankGroup ranks, CheckpointSpec spec)
{
    private Task _writing = Task.CompletedTask;

    /// <returns>The newest checkpoint that is not among <paramref name="damaged"/>; null where there is none.</returns>
    public static async Task<CheckpointManifest?> FindNewestAsync(CheckpointStore store, IReadOnlySet<string> damaged, CancellationToken cancellationToken)
    {
        foreach (var name in (await store.ListAsync(cancellationToken)).Reverse().Where(name => !damaged.Contains(name)))
            try
            {
                return await store.ReadAsync(name, cancellationToken);
            }
            catch (CheckpointException)
            {
                // An older one will do; what the ledger holds since then is computed again.
            }

        return null;
    }

    /// <summary>Returns when the state is copied; waits for the checkpoint before, so that one copy at most is in memory.</summary>
    public async Task BeginAsync(int coldStartSteps, LedgerHead head, int updates, long cursor, string weightsHash, CancellationToken cancellationToken)
    {
        await _writing;
        var name = CheckpointStore.NameOf(coldStartSteps, head.Step);
        await ranks.CopyCheckpointAsync(name, cancellationToken);
        _writing = WriteAsync(
            name,
            new CheckpointManifest
            {
                Format = CheckpointManifest.CurrentFormat,
                ColdStartSteps = coldStartSteps,
                Step = head.Step,
                Updates = updates,
                Cursor = cursor,
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

        await store.TryCommitAsync(
            manifest with { Tensors = tensors, Ranks = tensors.Values.SelectMany(tensor => tensor.Shards).Select(shard => shard.File).Distinct().Count() },
            cancellationToken);

        var names = await store.ListAsync(cancellationToken);
        foreach (var old in names.Take(Math.Max(0, names.Count - spec.Keep)))
            if (!await store.IsPinnedAsync(old, cancellationToken))
                await store.RemoveAsync(old, cancellationToken);
    }
}
