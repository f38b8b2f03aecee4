using SeedOrleans.Engine.Data.Tasks.Graph;

namespace SeedOrleans.Engine.Rewards.Logic.Graph;

/// <summary>A colour for each node, different at the ends of each edge.</summary>
internal static class ColoringRule
{
    /// <param name="puzzle">How many colours, and edges, <c>3:ab,bc,ac</c>.</param>
    public static string? FindBroken(string puzzle, string answer) =>
        puzzle.Split(':') is [[>= '1' and <= '9' and var highest], var edges]
            ? FindBroken(LetterGraph.Parse(edges), highest, answer)
            : throw new FormatException("A puzzle looks like 3:ab,bc,ac.");

    /// <param name="highest">The last digit that is a colour; the first is 1.</param>
    public static string? FindBroken(LetterGraph graph, char highest, string answer)
    {
        if (answer.Length != graph.Nodes || answer.Any(color => color < '1' || color > highest))
            return $"The answer is not {graph.Nodes} digits from 1 to {highest}.";

        return graph.Edges.FirstOrDefault(edge => answer[edge.From] == answer[edge.To]) is { } broken
            ? $"The edge {broken} has one colour at both ends."
            : null;
    }
}
