using SeedOrleans.Engine.Data.Tasks.Graph;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Graph;

/// <summary>Every node once, and all arrows from left to right.</summary>
internal static class TopologicalOrderRule
{
    /// <param name="puzzle">Arrows, <c>b&gt;a,c&gt;a</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var graph = LetterGraph.Parse(puzzle.Replace(">", "", StringComparison.Ordinal));
        if (NodeRow.TryParseAll(answer, graph.Nodes) is not { } order)
            return $"The answer does not hold each of {graph.Nodes} nodes once.";

        return graph.Edges.FirstOrDefault(arrow => order.IndexOf(arrow.From) > order.IndexOf(arrow.To)) is { } broken
            ? $"{Symbols.Letters[broken.From]} must come before {Symbols.Letters[broken.To]}."
            : null;
    }
}
