namespace SeedOrleans.Engine.Planning.Balance;

/// <summary>Deals weights into k parts of nearly the same load: largest differencing (Karmarkar and Karp, UCB/CSD-81-113, 1982), k-way.</summary>
/// <remarks>
/// A partial deal is k loads. The two deals with the largest spreads are laid onto each other, the fullest part of one on the
/// emptiest of the other, until one is left; see <see cref="PartialDeal"/>. Then <see cref="Exchange"/> evens the fullest and the
/// emptiest part out, so the result is never worse than largest differencing alone. Equal input gives equal output everywhere.
/// </remarks>
public static class KarmarkarKarp
{
    /// <param name="weights">None negative.</param>
    /// <param name="parts">k.</param>
    /// <param name="equalSizes">Parts differ by at most one item; otherwise a part may have any number, none too.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, all together are too large, or there is to be no part.</exception>
    public static Partitioning Deal(IReadOnlyList<double> weights, int parts, bool equalSizes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        for (var item = 0; item < weights.Count; item++)
            if (!(weights[item] >= 0 && double.IsFinite(weights[item])))
                throw new ArgumentException($"Weight {item} is {weights[item]}; weights are finite and not negative.", nameof(weights));

        if (!double.IsFinite(weights.Sum()))
            throw new ArgumentException("The weights are too large to be added up.", nameof(weights));

        var dealt = Difference(weights, parts, equalSizes);
        Exchange.Even(dealt, weights, equalSizes);
        return Partitioning.Of(dealt, weights);
    }

    /// <summary>Largest differencing alone.</summary>
    internal static List<int>[] Difference(IReadOnlyList<double> weights, int parts, bool equalSizes)
    {
        var chain = new int[weights.Count]; // after each item, the next one of its part
        var deals = new PriorityQueue<PartialDeal, PartialDeal>(LargestSpreadFirst);
        var order = 0;
        foreach (var items in equalSizes ? Hands(weights, parts) : Largest(weights).Select(item => new[] { item }))
        {
            var deal = new PartialDeal(parts, order++, items, weights);
            deals.Enqueue(deal, deal);
        }

        while (deals.Count > 1)
        {
            var deal = deals.Dequeue().LayOnto(deals.Dequeue(), chain);
            deals.Enqueue(deal, deal);
        }

        return deals.TryDequeue(out var whole, out _) ? whole.Items(chain) : [.. Enumerable.Range(0, parts).Select(_ => new List<int>())];
    }

    private static Comparer<PartialDeal> LargestSpreadFirst { get; } = Comparer<PartialDeal>.Create((one, other) =>
        other.Spread != one.Spread ? other.Spread.CompareTo(one.Spread)
        : other.Largest != one.Largest ? other.Largest.CompareTo(one.Largest)
        : one.Order.CompareTo(other.Order));

    private static IEnumerable<int> Largest(IReadOnlyList<double> weights) =>
        Enumerable.Range(0, weights.Count).OrderByDescending(item => weights[item]);

    /// <summary>One item for each part at a time, neighbours in weight; the smallest hand may be short.</summary>
    private static IEnumerable<int[]> Hands(IReadOnlyList<double> weights, int parts) => Largest(weights).Chunk(parts);
}
