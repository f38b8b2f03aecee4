using SeedOrleans.Engine.Data.Tasks.Graph;

namespace SeedOrleans.Engine.Rewards.Logic.Graph;

/// <summary>Edges that join all nodes, one less than nodes, and no longer together than Kruskal's.</summary>
internal static class SpanningTreeRule
{
    /// <param name="puzzle">Edges with lengths, <c>ab3,bc4,ac9</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var graph = LetterGraph.Parse(puzzle);
        var names = answer.Split('-');
        if (names.Length != graph.Nodes - 1)
            return $"The answer is not {graph.Nodes - 1} edges.";

        List<LetterEdge> chosen = [];
        foreach (var name in names)
        {
            if (name.Length != 2 || graph.Length(name[0] - 'a', name[1] - 'a') is not { } length)
                return $"\"{name}\" is no edge of the graph.";

            chosen.Add(new LetterEdge(name[0] - 'a', name[1] - 'a', length));
        }

        if (LetterGraph.Components(graph.Nodes, chosen).Count > 1)
            return "The edges do not join all nodes.";

        long total = chosen.Sum(edge => (long)edge.Length!), least = MinimumTree.Of(graph).Sum(edge => (long)(edge.Length ?? 1));
        return total == least ? null : $"The edges are {total} long together, and there are others of {least}.";
    }
}
