using System.Collections.Immutable;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Graph;

/// <summary>Answers that are rows of nodes.</summary>
internal static class NodeRow
{
    /// <returns>The nodes, counted from 0; null where a character is no node.</returns>
    public static ImmutableArray<int>? TryParse(string text, int nodes)
    {
        ImmutableArray<int> row = [.. text.Select(letter => Symbols.Letters.IndexOf(letter))];
        return row.All(node => node >= 0 && node < nodes) ? row : null;
    }

    /// <returns>The nodes, each of which stands there exactly once; null where they do not.</returns>
    public static ImmutableArray<int>? TryParseAll(string text, int nodes) =>
        text.Length == nodes && text.Distinct().Count() == nodes ? TryParse(text, nodes) : null;
}
