using System.Collections.Immutable;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Training;

/// <summary>A rank's shares of checkpoints, from the beginning of their copies until they are written.</summary>
internal sealed class CheckpointCopies(RunStore runs)
{
    private readonly Dictionary<string, Task<CopiedPieces>> _copies = [];

    public void Add(string checkpoint, Task<CopiedPieces> copying) => _copies[checkpoint] = copying;

    /// <summary>Those that were not written will not be.</summary>
    public void Forget() => _copies.Clear();

    /// <summary>Waits for the copy and writes it, to a file of this rank and epoch.</summary>
    /// <returns>What the manifest must say of it; null where there is no such copy.</returns>
    public async Task<ImmutableArray<ShardReport>?> TryWriteAsync(string checkpoint, RankOrder order, CancellationToken cancellationToken)
    {
        if (!_copies.Remove(checkpoint, out var copying))
            return null;

        using var copy = await copying;
        var file = $"e{order.Epoch:d6}-r{order.Rank:d4}.safetensors";
        var checkpoints = runs.Checkpoints(order.SavesFor.Length > 0 ? order.SavesFor : order.RunId);
        var written = await Task.Run(() => checkpoints.WriteShardAsync(checkpoint, file, copy.Pieces, cancellationToken), cancellationToken);
        return
        [
            .. from tensor in written
               from shard in tensor.Record.Shards
               select new ShardReport(
                   tensor.Tensor, tensor.Record.Dtype, tensor.Record.Shape, shard.Offsets, shard.Lengths, shard.File, shard.Start, shard.Bytes, shard.Checksum),
        ];
    }
}
