using SeedOrleans.Engine.Data.Tasks.Graph;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Graph;

/// <summary>Every node once, and an edge from each to the next.</summary>
internal static class HamiltonianPathRule
{
    /// <param name="puzzle">Edges, <c>ab,ac,bd,cd</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var graph = LetterGraph.Parse(puzzle);
        if (NodeRow.TryParseAll(answer, graph.Nodes) is not { } way)
            return $"The answer does not hold each of {graph.Nodes} nodes once.";

        for (var i = 1; i < way.Length; i++)
        {
            if (graph.Length(way[i - 1], way[i]) is null)
                return $"No edge joins {Symbols.Letters[way[i - 1]]} and {Symbols.Letters[way[i]]}.";
        }

        return null;
    }
}
