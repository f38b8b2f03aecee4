using System.Collections.Immutable;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>What a manifest must fulfil before anything in it is believed: a checksum does not protect against a writer's mistake.</summary>
internal static class ManifestRules
{
    /// <returns>The first rule that is broken, as half a sentence; null where none is.</returns>
    public static string? FindBroken(CheckpointManifest manifest)
    {
        if (manifest.ColdStartSteps < 0 || manifest.Step < 0 || manifest.Branch < 0 || manifest.Updates < 0 || manifest.Cursor < 0 || manifest.Ranks < 0)
            return "one of its counts is negative";

        if (manifest.Tensors is null || manifest.Chain is null || manifest.WeightsHash is null)
            return "a value is missing";

        if (manifest.Mixture is { } mixture && (mixture.Domains.IsDefault || mixture.Sources.IsDefault || mixture.Sources.Any(source => source.Cursors.IsDefault || source.Cursors.Any(cursor => cursor < 0))))
            return "its mixture lacks a value, or has a negative one";

        return manifest.Tensors.Select(tensor => FindBroken(tensor.Value) is { } broken ? $"{tensor.Key} {broken}" : null).FirstOrDefault(broken => broken is not null)
            ?? FindSharedBytes(manifest.Tensors);
    }

    private static string? FindBroken(TensorRecord? tensor)
    {
        if (tensor is null || tensor.Dtype is null || tensor.Shape.IsDefault || tensor.Shards.IsDefault)
            return "lacks a value";

        if (TensorPiece.FindSize(tensor.Dtype) is not { } size)
            return $"is of the type {tensor.Dtype}, which no checkpoint holds";

        if (FindCount(tensor.Shape) is not { } count || count > long.MaxValue / size)
            return $"has the impossible shape [{string.Join(", ", tensor.Shape)}]";

        if (tensor.Shards.Select(shard => FindBroken(shard, tensor.Shape, size)).FirstOrDefault(broken => broken is not null) is { } broken)
            return broken;

        if (FindOverlap(tensor.Shards) is { } overlap)
            return $"has two shards that hold the element [{string.Join(", ", overlap.Offsets)}]";

        var held = tensor.Shards.Sum(shard => shard.Bytes / size);
        return held == count ? null : $"has {count} elements, and its shards hold {held}";
    }

    private static string? FindBroken(ShardRecord? shard, ImmutableArray<long> shape, int size)
    {
        if (shard is null || shard.Offsets.IsDefault || shard.Lengths.IsDefault || shard.File is null)
            return "has a shard that lacks a value";

        if (shard.Offsets.Length != shape.Length || shard.Lengths.Length != shape.Length)
            return "has a shard of another number of dimensions";

        for (var dim = 0; dim < shape.Length; dim++)
            if (shard.Offsets[dim] < 0 || shard.Lengths[dim] < 1 || shard.Lengths[dim] > shape[dim] - shard.Offsets[dim])
                return $"has a shard that reaches from {shard.Offsets[dim]} over {shard.Lengths[dim]} of the {shape[dim]} elements of dimension {dim}";

        if (shard.Bytes != FindCount(shard.Lengths) * size || shard.Bytes > int.MaxValue || shard.Start < 0 || shard.Start > long.MaxValue - shard.Bytes)
            return $"has a shard of {shard.Bytes} bytes from byte {shard.Start} of '{shard.File}', which its box does not fill";

        return CheckpointStore.IsDataFile(shard.File) ? null : $"has a shard in '{shard.File}', which is no name for a file of a checkpoint";
    }

    /// <returns>Null where it is more than fits a number, or a length is not above 0.</returns>
    private static long? FindCount(ImmutableArray<long> lengths)
    {
        var count = 1L;
        foreach (var length in lengths)
        {
            if (length < 1 || count > long.MaxValue / length)
                return null;

            count *= length;
        }

        return count;
    }

    private static Box? FindOverlap(ImmutableArray<ShardRecord> shards)
    {
        // In the order of the outermost dimension a box can overlap only those that begin before it ends.
        var boxes = shards.Select(shard => shard.Box()).OrderBy(Outer).ToArray();
        for (var first = 0; first < boxes.Length; first++)
            for (var second = first + 1; second < boxes.Length && Outer(boxes[second]) < OuterEnd(boxes[first]); second++)
                if (boxes[first].Intersect(boxes[second]) is { } overlap)
                    return overlap;

        return null;

        static long Outer(Box box) => box.Offsets.FirstOrDefault();
        static long OuterEnd(Box box) => box.Offsets.Length == 0 ? 1 : box.Offsets[0] + box.Lengths[0];
    }

    private static string? FindSharedBytes(ImmutableSortedDictionary<string, TensorRecord> tensors)
    {
        foreach (var file in tensors.Values.SelectMany(tensor => tensor.Shards).GroupBy(shard => shard.File))
        {
            var end = 0L;
            foreach (var shard in file.OrderBy(shard => shard.Start))
            {
                if (shard.Start < end)
                    return $"two shards share byte {shard.Start} of '{file.Key}'";

                end = shard.Start + shard.Bytes;
            }
        }

        return null;
    }
}
