namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>Kruskal's algorithm: the shortest edge that joins two parts, until one part is left.</summary>
internal static class MinimumTree
{
    public static List<LetterEdge> Of(LetterGraph graph)
    {
        List<LetterEdge> tree = [];
        foreach (var edge in graph.Edges.OrderBy(edge => edge.Length ?? 1))
        {
            if (LetterGraph.Components(graph.Nodes, [.. tree, edge]).Count < LetterGraph.Components(graph.Nodes, tree).Count)
                tree.Add(edge);
        }

        return tree;
    }
}
