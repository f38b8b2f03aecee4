using System.Buffers;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>Brings a part of a tensor together from the shards that hold it.</summary>
/// <remarks>
/// A shard is read whole, since its checksum covers all of it: beside what is wanted, only the rest of the shards at its edges is read,
/// a few MiB each at most. What can go to its place directly does, without a copy.
/// </remarks>
internal sealed class TensorReader(ShardReader shards)
{
    /// <param name="checkpoint">For messages.</param>
    /// <param name="target">The box's elements in row-major order.</param>
    public async Task ReadAsync(
        string checkpoint, string tensor, TensorRecord record, Box wanted, Memory<byte> target, CancellationToken cancellationToken)
    {
        var size = TensorPiece.SizeOf(record.Dtype);
        if (target.Length != wanted.Count() * size)
            throw new ArgumentException($"{wanted.Count()} elements of {tensor} take {wanted.Count() * size} bytes, not {target.Length}.", nameof(target));

        var parts = record.Shards
            .Select(shard => (Shard: shard, Shared: wanted.Intersect(shard.Box())))
            .Where(part => part.Shared is not null)
            .Select(part => (part.Shard, Shared: part.Shared!))
            .ToArray();

        var held = parts.Sum(part => part.Shared.Count());
        if (held != wanted.Count())
            throw new CheckpointException($"Checkpoint {checkpoint} holds {held} of the {wanted.Count()} elements of {tensor} that were asked for.");

        // Most reads are one; the machinery for many is not free.
        var requests = Plan(parts, wanted, size);
        if (requests is [var only])
            await ReadAsync(only, cancellationToken);
        else
            await Parallel.ForEachAsync(
                requests, new ParallelOptions { MaxDegreeOfParallelism = ShardReader.Parallel, CancellationToken = cancellationToken }, ReadAsync);

        async ValueTask ReadAsync(Request request, CancellationToken token)
        {
            if (request.Place is { } place)
                await shards.ReadAsync([.. request.Shards.Select(shard => (tensor, shard))], target.Slice((int)place, request.Bytes), token);
            else
                await ScatterAsync(tensor, request.Shards[0], wanted, size, target, token);
        }
    }

    /// <summary>Shards that lie side by side both in their file and in the target are one request.</summary>
    private static List<Request> Plan(IEnumerable<(ShardRecord Shard, Box Shared)> parts, Box wanted, int size)
    {
        List<Request> requests = [];
        foreach (var (shard, shared) in parts.OrderBy(part => part.Shard.File, StringComparer.Ordinal).ThenBy(part => part.Shard.Start))
        {
            var isDirect = shared.Count() * size == shard.Bytes && IsOneRun(shared, wanted);
            long? place = isDirect ? Box.Place(wanted.Lengths, Minus(shared.Offsets, wanted.Offsets)) * size : null;
            if (place is { } at && requests.LastOrDefault() is { } last && last.CanTake(shard, at))
                last.Shards.Add(shard);
            else
                requests.Add(new Request([shard], place));
        }

        return requests;
    }

    /// <summary>Reads a shard aside, and copies what is wanted of it row by row.</summary>
    private async Task ScatterAsync(string tensor, ShardRecord shard, Box wanted, int size, Memory<byte> target, CancellationToken cancellationToken)
    {
        var aside = ArrayPool<byte>.Shared.Rent((int)shard.Bytes);
        try
        {
            var whole = aside.AsMemory(0, (int)shard.Bytes);
            await shards.ReadAsync([(tensor, shard)], whole, cancellationToken);

            var box = shard.Box();
            var rows = new BoxRuns(wanted.Intersect(box)!);
            foreach (var row in rows)
            {
                var from = Box.Place(box.Lengths, Minus(row, box.Offsets)) * size;
                var to = Box.Place(wanted.Lengths, Minus(row, wanted.Offsets)) * size;
                whole.Slice((int)from, (int)(rows.Length * size)).CopyTo(target[(int)to..]);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(aside);
        }
    }

    /// <summary>The part's elements follow each other in the whole without a gap.</summary>
    private static bool IsOneRun(Box part, Box whole)
    {
        var dim = 0;
        while (dim < part.Lengths.Length && part.Lengths[dim] == 1)
            dim++;

        return part.Lengths.AsSpan(Math.Min(dim + 1, part.Lengths.Length)).SequenceEqual(whole.Lengths.AsSpan(Math.Min(dim + 1, part.Lengths.Length)));
    }

    private static long[] Minus(long[] left, long[] right) => [.. left.Zip(right, (one, other) => one - other)];

    /// <param name="Shards">Following each other without a gap.</param>
    /// <param name="Place">Byte of the target where they begin; null where their rows lie apart.</param>
    private sealed record Request(List<ShardRecord> Shards, long? Place)
    {
        public int Bytes => (int)(Shards[^1].Start + Shards[^1].Bytes - Shards[0].Start);

        public bool CanTake(ShardRecord next, long place) =>
            Place is { } first
            && next.File == Shards[0].File
            && next.Start - Shards[0].Start == Bytes
            && place - first == Bytes
            && Bytes + next.Bytes <= ShardReader.RequestBytes;
    }
}
