using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>Reads shards, several that lie side by side at once, and believes nothing whose checksum does not fit.</summary>
/// <param name="folder">Of the checkpoint.</param>
internal sealed class ShardReader(IBlobStore store, string folder)
{
    /// <summary>What one request brings at most: little enough that its checksums are computed while the bytes are still in the processor's cache.</summary>
    public const int RequestBytes = 8 << 20;

    /// <summary>Requests under way at once.</summary>
    public const int Parallel = 4;

    /// <param name="shards">Of one file, following each other without a gap.</param>
    /// <param name="target">Of exactly their bytes.</param>
    /// <exception cref="CheckpointException">The file is missing or too short, or holds something else.</exception>
    public async Task ReadAsync(IReadOnlyList<(string Tensor, ShardRecord Shard)> shards, Memory<byte> target, CancellationToken cancellationToken)
    {
        var (tensor, first) = shards[0];
        var blob = $"{folder}/{first.File}";
        try
        {
            await store.ReadRangeAsync(blob, first.Start, target, cancellationToken);
        }
        catch (BlobException failure)
        {
            throw new CheckpointException($"{Place(tensor, first.Start, first.Start + target.Length)} cannot be read: {failure.Message} Use an older checkpoint.", failure);
        }

        foreach (var (name, shard) in shards)
            if (Crc32C.Of(target.Span.Slice((int)(shard.Start - first.Start), (int)shard.Bytes)) != shard.Checksum)
                throw new CheckpointException($"{Place(name, shard.Start, shard.Start + shard.Bytes)} is not what was written; use an older checkpoint.");

        string Place(string of, long from, long to) => $"{of} in '{blob}', bytes {from} to {to},";
    }
}
