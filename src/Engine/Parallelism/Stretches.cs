namespace SeedOrleans.Engine.Parallelism;

/// <summary>How the elements of a flat tensor are dealt out: one stretch a rank, in rank order, without gaps. A stretch may be empty.</summary>
public sealed class Stretches
{
    private readonly long[] _bounds; // [ranks + 1]: where each begins, and where the last ends

    private Stretches(long[] bounds) => _bounds = bounds;

    public int Ranks => _bounds.Length - 1;

    /// <summary>Elements of all stretches together.</summary>
    public long Count => _bounds[^1];

    public (long Start, long Length) this[int rank] => (_bounds[rank], _bounds[rank + 1] - _bounds[rank]);

    /// <summary>As equal as can be: no two differ by more than an element.</summary>
    public static Stretches Even(long count, int ranks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        return new Stretches([.. Enumerable.Range(0, ranks + 1).Select(rank => count * rank / ranks)]);
    }

    /// <param name="lengths">By rank.</param>
    public static Stretches Of(params ReadOnlySpan<long> lengths)
    {
        var bounds = new long[lengths.Length + 1];
        for (var rank = 0; rank < lengths.Length; rank++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lengths[rank], nameof(lengths));
            bounds[rank + 1] = bounds[rank] + lengths[rank];
        }

        return new Stretches(bounds);
    }

    /// <summary>The same ranks' stretches where each element becomes <paramref name="width"/> of them: rows as numbers.</summary>
    public Stretches Times(long width) => new([.. _bounds.Select(bound => bound * width)]);

    /// <exception cref="ArgumentException">These do not deal out <paramref name="count"/> elements to <paramref name="ranks"/> ranks.</exception>
    internal void ThrowUnless(long count, int ranks)
    {
        if ((Count, Ranks) != (count, ranks))
            throw new ArgumentException($"{Ranks} stretches of {Count} elements cannot deal out {count} elements to {ranks} ranks.");
    }

    public override string ToString() => string.Join(' ', _bounds);
}
