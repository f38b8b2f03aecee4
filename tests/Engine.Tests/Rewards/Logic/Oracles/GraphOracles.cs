using System.Globalization;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

/// <summary>The best is found by trying everything.</summary>
internal static class GraphOracles
{
    public static IReadOnlyDictionary<string, Func<string, string, bool>> All { get; } = new Dictionary<string, Func<string, string, bool>>
    {
        ["shortest-path"] = (q, a) =>
        {
            var parts = q.Split(':');
            var lengths = Lengths(parts[1]);
            return a[0] == parts[2][0] && a[^1] == parts[2][2] && Total(lengths, a) is { } total
                && total == Paths(lengths, $"{parts[2][0]}", parts[2][2]).Min(path => Total(lengths, path));
        },
        ["spanning-tree"] = (q, a) =>
        {
            var edges = TaskOracles.AfterWord(q).Split(',');
            var nodes = Nodes(q);
            var trees = Choose([.. edges], nodes.Length - 1).Where(tree => Reached(tree, nodes[0]).Count == nodes.Length).ToList();
            var least = trees.Min(tree => tree.Sum(Length));
            return trees.Where(tree => tree.Sum(Length) == least)
                .Any(tree => tree.Select(edge => Sorted(edge[..2])).Order().SequenceEqual(a.Split('-').Select(Sorted).Order()));
        },
        ["components"] = (q, a) =>
        {
            var nodes = "abcdefghijklmnopqrstuvwxyz"[..int.Parse(q.Split(':')[0]["parts".Length..], CultureInfo.InvariantCulture)];
            var edges = TaskOracles.AfterWord(q).Split(',');
            var parts = nodes.Select(node => string.Concat(Reached(edges, node).Order())).Distinct().Order();
            return a.Split('-').Select(Sorted).Order().SequenceEqual(parts);
        },
        ["topological-order"] = (q, a) => Sorted(a) == Nodes(q)
            && TaskOracles.AfterWord(q).Split(',').All(arrow => a.IndexOf(arrow[0]) < a.IndexOf(arrow[2])),
        ["hamiltonian-path"] = (q, a) => Sorted(a) == Nodes(q) && Total(Lengths(TaskOracles.AfterWord(q)), a) is not null,
        ["graph-coloring"] = (q, a) => Regex.IsMatch(a, $"^[1-{q["colors".Length]}]+$") && a.Length == Nodes(q).Length
            && TaskOracles.AfterWord(q).Split(',').All(edge => a[edge[0] - 'a'] != a[edge[1] - 'a']),
        ["two-coloring"] = (q, a) =>
        {
            var edges = TaskOracles.AfterWord(q).Split(',');
            return Regex.IsMatch(a, "^[12]+$")
                ? a.Length == Nodes(q).Length && edges.All(edge => a[edge[0] - 'a'] != a[edge[1] - 'a'])
                : a.Length % 2 == 1 && a.Length > 1 && a.Distinct().Count() == a.Length
                    && Total(Lengths(TaskOracles.AfterWord(q)), a + a[0]) is not null;
        },
    };

    private static Dictionary<string, int> Lengths(string edges) =>
        edges.Split(',').SelectMany(edge => (string[])[edge[..2], $"{edge[1]}{edge[0]}"], (edge, name) => (name, Length(edge))).ToDictionary();

    private static int Length(string edge) => edge.Length == 2 ? 1 : int.Parse(edge[2..], CultureInfo.InvariantCulture);

    private static int? Total(Dictionary<string, int> lengths, string path)
    {
        var steps = Enumerable.Range(0, path.Length - 1).Select(place => path.Substring(place, 2)).ToList();
        return steps.All(lengths.ContainsKey) ? steps.Sum(step => lengths[step]) : null;
    }

    private static IEnumerable<string> Paths(Dictionary<string, int> lengths, string begun, char end) =>
        begun[^1] == end
            ? [begun]
            : lengths.Keys.Where(edge => edge[0] == begun[^1] && !begun.Contains(edge[1]))
                .SelectMany(edge => Paths(lengths, begun + edge[1], end));

    private static IEnumerable<List<string>> Choose(List<string> items, int count) =>
        count == 0 ? [[]]
        : items.Count < count ? []
        : [.. Choose(items[1..], count - 1).Select(rest => (List<string>)[items[0], .. rest]), .. Choose(items[1..], count)];

    private static HashSet<char> Reached(IReadOnlyCollection<string> edges, char start)
    {
        HashSet<char> reached = [start];
        for (var before = 0; before < reached.Count;)
        {
            before = reached.Count;
            foreach (var edge in edges.Where(edge => reached.Contains(edge[0]) || reached.Contains(edge[1])))
                reached.UnionWith(edge[..2]);
        }

        return reached;
    }

    private static string Nodes(string q)
    {
        var last = TaskOracles.AfterWord(q).Split(':')[0].Where(char.IsAsciiLetter).Max();
        return "abcdefghijklmnopqrstuvwxyz"[..(last - 'a' + 1)];
    }

    private static string Sorted(string text) => string.Concat(text.Order());
}
