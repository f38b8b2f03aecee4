using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Graph;

namespace SeedOrleans.Engine.Rewards.Logic.Graph;

/// <summary>The parts of a graph, in any order.</summary>
internal static class ComponentsRule
{
    /// <param name="puzzle">How many nodes, and edges, <c>5:ab,de</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split(':') is not [var count, var list]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var nodes)
            || nodes is < 1 or > 26)
            throw new FormatException("A puzzle looks like 5:ab,de.");

        var edges = list.Split(',').Select(LetterEdge.Parse).ToList();
        if (edges.Any(edge => edge.From >= nodes || edge.To >= nodes))
            throw new FormatException("An edge leads to a node that is not there.");

        var parts = answer.Split('-');
        if (NodeRow.TryParseAll(string.Concat(parts), nodes) is null)
            return $"The parts do not hold each of {nodes} nodes once.";

        var sorted = parts.Select(part => string.Concat(part.Order())).Order(StringComparer.Ordinal);
        return sorted.SequenceEqual(LetterGraph.Components(nodes, edges).Order(StringComparer.Ordinal))
            ? null
            : "These are not the parts that hang together.";
    }
}
