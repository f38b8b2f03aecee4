using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>What tensor- and expert-parallel ranks leave one rank of a tensor: rectangles of the whole, one after another.</summary>
/// <param name="Shape">Of the slice as it is computed with.</param>
/// <param name="Boxes">Of the whole; the slice's elements in row-major order are theirs, box by box. None where the rank gets nothing.</param>
public sealed record WeightSlice(WeightSlot Whole, long[] Shape, IReadOnlyList<Box> Boxes)
{
    public long Count { get; } = Shape.Aggregate(1L, (product, size) => product * size);

    public static WeightSlice Of(WeightSlot slot, RankMesh mesh, int rank)
    {
        var (axis, dim) = slot.Slicing switch
        {
            Slicing.Rows => (MeshAxis.Tensor, 0),
            Slicing.Columns => (MeshAxis.Tensor, 1),
            Slicing.Experts => (MeshAxis.Expert, 0),
            _ => (MeshAxis.World, -1),
        };

        if (dim < 0)
            return new WeightSlice(slot, slot.Shape, [Everything(slot.Shape)]);

        // What is stacked for one product's sake is cut part by part: queries, keys and values; gates and ups.
        var bounds = slot.Slicing == Slicing.Rows
            ? slot.Parts.Select(part => (Start: part.Start / (slot.Count / slot.Shape[0]), Length: part.Shape[0]))
            : [(Start: 0L, Length: slot.Shape[dim])];

        Box[] boxes = [.. bounds.Select(part => Cut(part.Start, part.Length)).OfType<Box>()];
        var shape = (long[])slot.Shape.Clone();
        shape[dim] = boxes.Sum(box => box.Lengths[dim]);
        return new WeightSlice(slot, shape, boxes);

        Box? Cut(long first, long length)
        {
            var (start, mine) = Stretches.Even(length, mesh.SizeOf(axis))[mesh.PlaceOf(axis, rank)];
            if (mine == 0)
                return null;

            var box = Everything(slot.Shape);
            (box.Offsets[dim], box.Lengths[dim]) = (first + start, mine);
            return box;
        }
    }

    /// <returns>Rectangles of the whole that hold a stretch of the slice's elements, in their order.</returns>
    public IEnumerable<Box> BoxesOf(long start, long count)
    {
        var first = 0L;
        foreach (var box in Boxes)
        {
            var (from, to) = (Math.Max(start, first), Math.Min(start + count, first + box.Count()));
            foreach (var part in from < to ? box.Stretch(from - first, to - from) : [])
                yield return part;

            first += box.Count();
        }
    }

    private static Box Everything(long[] shape) => new(new long[shape.Length], (long[])shape.Clone());
}
