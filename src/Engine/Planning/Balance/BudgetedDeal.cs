namespace SeedOrleans.Engine.Planning.Balance;

/// <summary>Deals items into as few parts as a budget of their sizes allows, as even in load as can be (Karmarkar–Karp).</summary>
/// <remarks>
/// To find the fewest is bin packing: numbers of parts are tried from the least possible one on, each with even loads first and then with even
/// sizes, which fit more tightly; first-fit decreasing has the last word, so there are never more than it makes (11/9 of the fewest, and a part;
/// Johnson et al., SIAM J. Comput. 3, 1974). An item larger than the budget is alone. Equal input gives equal output everywhere.
/// </remarks>
/// <param name="sizes">Of the items; positive.</param>
/// <param name="loads">Of the items; none negative.</param>
public sealed class BudgetedDeal(IReadOnlyList<int> sizes, IReadOnlyList<double> loads, int budget)
{
    private readonly int[] _tooLarge = [.. Items(sizes).Where(item => sizes[item] > budget)];
    private readonly int[] _rest = [.. Items(sizes).Where(item => sizes[item] <= budget)];

    /// <returns>Places of each part's items in what was given; none is empty.</returns>
    public IReadOnlyList<IReadOnlyList<int>> Fewest()
    {
        var most = FirstFit();
        var parts = (int)((_rest.Sum(item => (long)sizes[item]) + budget - 1) / budget);
        for (; parts < most.Length; parts++)
            if (TryDeal(parts) is { } dealt)
                return WithTooLarge(dealt);

        return WithTooLarge(TryDeal(parts) ?? most);
    }

    /// <param name="parts">At least as many as <see cref="Fewest"/> makes.</param>
    /// <returns>Just so many; some may be empty.</returns>
    public IReadOnlyList<IReadOnlyList<int>> Into(int parts)
    {
        if (TryDeal(parts - _tooLarge.Length) is { } dealt)
            return WithTooLarge(dealt);

        var fewest = Fewest();
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, fewest.Count);
        return [.. fewest, .. Enumerable.Repeat<IReadOnlyList<int>>([], parts - fewest.Count)];
    }

    private static IEnumerable<int> Items(IReadOnlyList<int> sizes) => Enumerable.Range(0, sizes.Count);

    private IReadOnlyList<IReadOnlyList<int>> WithTooLarge(IReadOnlyList<IReadOnlyList<int>> dealt) =>
        [.. _tooLarge.Select(item => (int[])[item]), .. dealt];

    /// <returns>Of the items that fit the budget; null where no deal was found that keeps to it.</returns>
    private int[][]? TryDeal(int parts)
    {
        if (parts < 1)
            return parts == 0 && _rest.Length == 0 ? [] : null;

        return Deal(item => loads[item]) ?? Deal(item => sizes[item]);

        int[][]? Deal(Func<int, double> weight)
        {
            var dealt = KarmarkarKarp.Deal([.. _rest.Select(weight)], parts, equalSizes: false).Parts;
            int[][] items = [.. dealt.Select(part => part.Select(place => _rest[place]).ToArray())];
            return items.All(part => part.Sum(item => (long)sizes[item]) <= budget) ? items : null;
        }
    }

    /// <returns>Each item, largest first, in the first part that has room for it.</returns>
    private int[][] FirstFit()
    {
        List<List<int>> parts = [];
        List<long> filled = [];
        foreach (var item in _rest.OrderByDescending(item => sizes[item]))
        {
            var part = filled.FindIndex(size => size + sizes[item] <= budget);
            if (part < 0)
            {
                part = parts.Count;
                parts.Add([]);
                filled.Add(0);
            }

            parts[part].Add(item);
            filled[part] += sizes[item];
        }

        return [.. parts.Select(part => part.ToArray())];
    }
}
