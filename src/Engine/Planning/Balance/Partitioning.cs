using System.Collections.Immutable;

namespace SeedOrleans.Engine.Planning.Balance;

/// <summary>Items dealt to parts.</summary>
/// <param name="Parts">Places of each part's items in what was given, ascending.</param>
/// <param name="Loads">Sum of each part's weights.</param>
public sealed record Partitioning(ImmutableArray<ImmutableArray<int>> Parts, ImmutableArray<double> Loads)
{
    /// <summary>The fullest part's load less the emptiest's.</summary>
    public double Spread => Loads.Max() - Loads.Min();

    internal static Partitioning Of(IEnumerable<IEnumerable<int>> parts, IReadOnlyList<double> weights)
    {
        ImmutableArray<ImmutableArray<int>> sorted = [.. parts.Select(part => part.Order().ToImmutableArray())];
        return new Partitioning(sorted, [.. sorted.Select(part => part.Sum(item => weights[item]))]);
    }
}
