namespace SeedOrleans.Engine.Tensors;

/// <summary>A rectangular part of a tensor.</summary>
/// <param name="Offsets">Its first corner, a number for each dimension.</param>
/// <param name="Lengths">Elements along each dimension; none is 0.</param>
public sealed record Box(long[] Offsets, long[] Lengths)
{
    public long Count() => Lengths.Aggregate(1L, (product, length) => product * length);

    /// <returns>The corner opposite the first: the last element.</returns>
    public long[] Last() => [.. Offsets.Zip(Lengths, (offset, length) => offset + length - 1)];

    /// <returns>Null where they share nothing.</returns>
    public Box? Intersect(Box other)
    {
        var offsets = new long[Offsets.Length];
        var lengths = new long[Offsets.Length];
        for (var dim = 0; dim < offsets.Length; dim++)
        {
            offsets[dim] = Math.Max(Offsets[dim], other.Offsets[dim]);
            lengths[dim] = Math.Min(Offsets[dim] + Lengths[dim], other.Offsets[dim] + other.Lengths[dim]) - offsets[dim];
            if (lengths[dim] <= 0)
                return null;
        }

        return new Box(offsets, lengths);
    }

    /// <summary>Cuts the box into slabs along its outer dimensions.</summary>
    /// <returns>In row-major order, <paramref name="mostElements"/> elements each at most; each is contiguous in the box.</returns>
    public IEnumerable<Box> Cut(long mostElements)
    {
        if (Count() <= mostElements)
            return [this];

        var dim = Array.FindIndex(Lengths, length => length > 1);
        var inner = Count() / Lengths[dim];
        var rows = Math.Max(1, mostElements / inner);
        return Slabs().SelectMany(slab => slab.Cut(mostElements));

        IEnumerable<Box> Slabs()
        {
            for (var at = 0L; at < Lengths[dim]; at += rows)
            {
                var (offsets, lengths) = ((long[])Offsets.Clone(), (long[])Lengths.Clone());
                (offsets[dim], lengths[dim]) = (Offsets[dim] + at, Math.Min(rows, Lengths[dim] - at));
                yield return new Box(offsets, lengths);
            }
        }
    }

    /// <summary>
    /// Cuts a stretch of a tensor's elements, in row-major order, into boxes: an irregular shard of a flat tensor (ByteCheckpoint,
    /// arXiv:2407.20143, §3.2).
    /// </summary>
    /// <returns>In the order of the elements, 2 · dims − 1 at most; each is contiguous in the stretch.</returns>
    public static IEnumerable<Box> OfStretch(long[] shape, long start, long count)
    {
        if (shape.Length == 0)
        {
            if (count > 0)
                yield return new Box([], []);
            yield break;
        }

        var end = start + count;
        while (start < end)
        {
            // The outermost dimension along which whole rows can be taken from here.
            var dim = shape.Length - 1;
            var inner = 1L;
            while (dim > 0 && start % (inner * shape[dim]) == 0 && end - start >= inner * shape[dim])
                inner *= shape[dim--];

            var inRow = start / inner % shape[dim];
            var taken = Math.Min(shape[dim] - inRow, (end - start) / inner);
            var offsets = new long[shape.Length];
            var lengths = Enumerable.Repeat(1L, shape.Length).ToArray();
            for (var (at, left) = (shape.Length - 1, start); at >= 0; at--)
                (offsets[at], left) = (left % shape[at], left / shape[at]);

            lengths[dim] = taken;
            for (var at = dim + 1; at < shape.Length; at++)
                lengths[at] = shape[at];

            yield return new Box(offsets, lengths);
            start += taken * inner;
        }
    }

    /// <summary>As <see cref="OfStretch"/>, of this box's own elements.</summary>
    /// <returns>Boxes of the whole tensor.</returns>
    public IEnumerable<Box> Stretch(long start, long count) => OfStretch(Lengths, start, count)
        .Select(inner => inner with { Offsets = [.. inner.Offsets.Zip(Offsets, (step, first) => step + first)] });

    /// <summary>The row-major place of the element at <paramref name="offsets"/> in a tensor or box of <paramref name="shape"/>.</summary>
    public static long Place(long[] shape, ReadOnlySpan<long> offsets)
    {
        var place = 0L;
        for (var dim = 0; dim < shape.Length; dim++)
            place = (place * shape[dim]) + offsets[dim];

        return place;
    }
}
