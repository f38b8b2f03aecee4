using SeedOrleans.Engine.Data.Tasks.Graph;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Graph;

/// <summary>Two sides without an edge inside, or an odd cycle, which proves that there are none.</summary>
internal static class TwoColoringRule
{
    /// <param name="puzzle">Edges, <c>ab,bc,ac</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var graph = LetterGraph.Parse(puzzle);
        return char.IsAsciiDigit(answer[0]) ? ColoringRule.FindBroken(graph, '2', answer) : FindBrokenCycle(graph, answer);
    }

    private static string? FindBrokenCycle(LetterGraph graph, string answer)
    {
        if (NodeRow.TryParse(answer, graph.Nodes) is not { } cycle || cycle.Distinct().Count() < cycle.Length)
            return "The answer is neither sides nor different nodes.";
        if (cycle.Length < 3 || cycle.Length % 2 == 0)
            return "The cycle's length is not odd.";

        for (var i = 0; i < cycle.Length; i++)
        {
            var (node, next) = (cycle[i], cycle[(i + 1) % cycle.Length]);
            if (graph.Length(node, next) is null)
                return $"No edge joins {Symbols.Letters[node]} and {Symbols.Letters[next]}.";
        }

        return null;
    }
}
