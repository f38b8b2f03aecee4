using SeedOrleans.Engine.Data.Tasks.Graph;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Graph;

/// <summary>A way along edges between the two ends, no longer than Dijkstra's.</summary>
internal static class ShortestPathRule
{
    /// <param name="puzzle">Edges and ends, <c>ab3,bc4,ac9:a&gt;c</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split(':') is not [var edges, [var start, '>', var end]])
            throw new FormatException("A puzzle looks like ab3,bc4,ac9:a>c.");

        var graph = LetterGraph.Parse(edges);
        if (NodeRow.TryParse($"{start}{end}", graph.Nodes) is not [var from, var to])
            throw new FormatException("An end of the way is no node.");
        if (NodeRow.TryParse(answer, graph.Nodes) is not { } way)
            return "The answer is not a row of nodes.";
        if (way[0] != from || way[^1] != to)
            return $"The way does not lead from {start} to {end}.";

        var length = 0L;
        for (var i = 1; i < way.Length; i++)
        {
            if (graph.Length(way[i - 1], way[i]) is not { } edge)
                return $"No edge joins {Symbols.Letters[way[i - 1]]} and {Symbols.Letters[way[i]]}.";

            length += edge;
        }

        var shortest = graph.DistancesFrom(from).Find(entry => entry.Node == to).Distance;
        return length == shortest ? null : $"The way is {length} long, and there is one of {shortest}.";
    }
}
