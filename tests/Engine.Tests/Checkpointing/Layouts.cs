using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Tests.Checkpointing;

/// <summary>How ranks share a tensor out: what each of them holds, as rectangles or as a stretch of the flat tensor.</summary>
/// <param name="PartsOf">The part of a rank, of a shape; together the ranks hold every element once.</param>
internal sealed record Layout(string Name, int Ranks, Func<long[], int, LayoutPart?> PartsOf)
{
    public static IReadOnlyList<Layout> All { get; } =
    [
        Flat("one rank", [1]),
        Flat("2 flat stretches", [1, 1]),
        Flat("3 flat stretches", [1, 1, 1]),
        Flat("7 flat stretches", [1, 1, 1, 1, 1, 1, 1]),
        Flat("irregular flat stretches that cut rows", [5, 1, 11, 2]),
        Grid("tensor parallel by rows", 1, ranksFromEnd: 2, [3]),
        Grid("tensor parallel by columns", 2, ranksFromEnd: 1, [4]),
        Grid("experts along dimension 0", 3, ranksFromEnd: 3, [2]),
        Grid("a grid of rows and columns", 4, ranksFromEnd: 2, [2, 3]),
    ];

    public override string ToString() => Name;

    /// <param name="weights">How much of the tensor each rank gets.</param>
    private static Layout Flat(string name, int[] weights) => new(name, weights.Length, (shape, rank) =>
    {
        var count = shape.Aggregate(1L, (product, length) => product * length);
        var (start, end) = (count * weights.Take(rank).Sum() / weights.Sum(), count * weights.Take(rank + 1).Sum() / weights.Sum());
        return start < end ? new LayoutPart(start, end - start, null) : null;
    });

    /// <param name="degrees">Ranks along each of the dimensions from <paramref name="ranksFromEnd"/> before the end on; what lacks them is rank 0's.</param>
    private static Layout Grid(string name, int seed, int ranksFromEnd, int[] degrees) => new(
        name,
        degrees.Aggregate((product, degree) => product * degree),
        (shape, rank) =>
        {
            var first = shape.Length - ranksFromEnd;
            if (first < 0)
                return (rank + seed) % degrees.Aggregate((product, degree) => product * degree) == 0
                    ? new LayoutPart(0, 0, new Box(new long[shape.Length], shape))
                    : null;

            var (offsets, lengths) = (new long[shape.Length], (long[])shape.Clone());
            for (var (axis, left) = (degrees.Length - 1, rank); axis >= 0; axis--)
            {
                var (dim, place) = (first + axis, left % degrees[axis]);
                left /= degrees[axis];
                offsets[dim] = shape[dim] * place / degrees[axis];
                lengths[dim] = (shape[dim] * (place + 1) / degrees[axis]) - offsets[dim];
                if (lengths[dim] == 0)
                    return null;
            }

            return new LayoutPart(0, 0, new Box(offsets, lengths));
        });
}

/// <param name="Box">Null where the part is the stretch.</param>
internal sealed record LayoutPart(long Start, long Count, Box? Box)
{
    public IEnumerable<Box> Boxes(long[] shape) => Box is { } box ? [box] : Engine.Tensors.Box.OfStretch(shape, Start, Count);
}
