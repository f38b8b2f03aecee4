using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>A set of real numbers as intervals in order, none touching the next; every set has one such form.</summary>
internal sealed record RealSet(ImmutableArray<RealInterval> Intervals)
{
    public static readonly RealSet Empty = new([]);

    public static readonly RealSet Everything = new([RealInterval.Everything]);

    /// <returns>Null where the order of ends is not known, as of letters.</returns>
    public static RealSet? Union(IEnumerable<RealInterval> intervals, EndOrder order)
    {
        var sorted = new List<RealInterval>();
        foreach (var interval in intervals)
        {
            if (order.Compare(interval.Low, interval.High) is not { } length)
                return null;
            if (length > 0 || (length == 0 && !(interval.HasLow && interval.HasHigh)))
                continue;

            var place = 0;
            for (; place < sorted.Count; place++)
            {
                if (order.Compare(sorted[place].Low, interval.Low) is not { } before)
                    return null;
                if (before > 0 || (before == 0 && !sorted[place].HasLow))
                    break;
            }

            sorted.Insert(place, interval);
        }

        var joined = ImmutableArray.CreateBuilder<RealInterval>();
        foreach (var next in sorted)
        {
            if (joined.Count == 0 || !Touch(joined[^1], next, order))
                joined.Add(next);
            else
                joined[^1] = Join(joined[^1], next, order);
        }

        return new RealSet(joined.DrainToImmutable());
    }

    /// <returns>Null where the order of ends is not known.</returns>
    public static RealSet? Intersection(RealSet a, RealSet b, EndOrder order)
    {
        var common = new List<RealInterval>();
        foreach (var left in a.Intervals)
        {
            foreach (var right in b.Intervals)
            {
                if (order.Compare(left.Low, right.Low) is not { } low || order.Compare(left.High, right.High) is not { } high)
                    return null;

                common.Add(new RealInterval(
                    low >= 0 ? left.Low : right.Low,
                    high <= 0 ? left.High : right.High,
                    low == 0 ? left.HasLow && right.HasLow : low > 0 ? left.HasLow : right.HasLow,
                    high == 0 ? left.HasHigh && right.HasHigh : high < 0 ? left.HasHigh : right.HasHigh));
            }
        }

        return Union(common, order);
    }

    /// <summary>All real numbers that are not in this set.</summary>
    public RealSet Complement()
    {
        var gaps = ImmutableArray.CreateBuilder<RealInterval>();
        var (low, hasLow) = (RealInterval.MinusInfinity, false);
        foreach (var interval in Intervals)
        {
            if (interval.Low != RealInterval.MinusInfinity)
                gaps.Add(new RealInterval(low, interval.Low, hasLow, !interval.HasLow));

            (low, hasLow) = (interval.High, !interval.HasHigh);
        }

        if (low != Expression.Infinity)
            gaps.Add(new RealInterval(low, Expression.Infinity, hasLow, false));

        return new RealSet(gaps.DrainToImmutable());
    }

    private static bool Touch(RealInterval left, RealInterval right, EndOrder order) =>
        order.Compare(left.High, right.Low) is { } gap && (gap > 0 || (gap == 0 && (left.HasHigh || right.HasLow)));

    private static RealInterval Join(RealInterval left, RealInterval right, EndOrder order) => order.Compare(left.High, right.High) switch
    {
        > 0 => left,
        0 => left with { HasHigh = left.HasHigh || right.HasHigh },
        _ => left with { High = right.High, HasHigh = right.HasHigh },
    };
}
