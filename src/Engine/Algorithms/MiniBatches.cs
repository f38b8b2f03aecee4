using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Shares a step's groups out among its optimizer updates. Siblings stay together.</summary>
public static class MiniBatches
{
    /// <returns>
    /// <paramref name="updatesPerStep"/> runs of consecutive groups, as equal as can be, longer ones first; fewer where
    /// there are fewer groups, so that none is empty.
    /// </returns>
    public static IReadOnlyList<IReadOnlyList<RolloutGroup>> Split(
        IReadOnlyList<RolloutGroup> groups, int updatesPerStep)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(updatesPerStep);

        var shares = Math.Min(updatesPerStep, groups.Count);
        if (shares == 0)
            return [];

        var (size, longer) = Math.DivRem(groups.Count, shares);
        return [.. Enumerable.Range(0, shares).Select(share =>
            groups.Skip((share * size) + Math.Min(share, longer)).Take(share < longer ? size + 1 : size).ToList())];
    }
}
