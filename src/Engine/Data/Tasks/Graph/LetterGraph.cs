using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>An undirected graph, written as its edges: <c>ab,bc3</c>. Its nodes are a, b, c, … up to the last letter that occurs.</summary>
internal sealed class LetterGraph
{
    private readonly int?[,] _lengths;

    private LetterGraph(ImmutableArray<LetterEdge> edges)
    {
        Edges = edges;
        Nodes = edges.Max(edge => Math.Max(edge.From, edge.To)) + 1;
        _lengths = new int?[Nodes, Nodes];
        foreach (var (from, to, length) in edges)
            _lengths[from, to] = _lengths[to, from] = length ?? 1;
    }

    public ImmutableArray<LetterEdge> Edges { get; }

    public int Nodes { get; }

    /// <exception cref="FormatException">The text is no list of edges.</exception>
    public static LetterGraph Parse(string text) => new([.. text.Split(',').Select(LetterEdge.Parse)]);

    /// <summary>Draws a graph in which every node can be reached from every other.</summary>
    /// <param name="longest">Edges have lengths of 1 to this; null: no lengths.</param>
    /// <param name="isAllowed">Which nodes may be joined; there must be enough of them.</param>
    public static LetterGraph Draw(RandomSequence random, int nodes, int edges, int? longest = null, Func<int, int, bool>? isAllowed = null)
    {
        List<(int From, int To)> chosen = [];
        List<int> reached = [random.Next(0, nodes - 1)];
        while (reached.Count < nodes)
        {
            var pair = random.Pick([.. Pairs(nodes).Where(pair => reached.Contains(pair.From) != reached.Contains(pair.To) && IsAllowed(pair))]);
            chosen.Add(pair);
            reached.Add(reached.Contains(pair.From) ? pair.To : pair.From);
        }

        (int, int)[] others = [.. Pairs(nodes).Where(IsAllowed).Except(chosen)];
        chosen.AddRange(random.Sample(others, Math.Min(Math.Max(edges - chosen.Count, 0), others.Length)));
        random.Shuffle(CollectionsMarshal.AsSpan(chosen));
        return new LetterGraph(
            [.. chosen.Select(pair => new LetterEdge(pair.From, pair.To, longest is { } most ? random.Next(1, most) : null))]);

        bool IsAllowed((int From, int To) pair) => isAllowed?.Invoke(pair.From, pair.To) ?? true;
    }

    public static IEnumerable<(int From, int To)> Pairs(int nodes) =>
        from one in Enumerable.Range(0, nodes)
        from other in Enumerable.Range(one + 1, nodes - one - 1)
        select (one, other);

    /// <returns>Null where no edge joins the two, or one of them is no node.</returns>
    public int? Length(int from, int to) =>
        from >= 0 && to >= 0 && from < Nodes && to < Nodes ? _lengths[from, to] : null;

    public IEnumerable<int> Neighbours(int node) => Enumerable.Range(0, Nodes).Where(other => Length(node, other) is not null);

    /// <summary>Dijkstra's distances.</summary>
    /// <returns>Nodes that can be reached in order of their distance, each with the node before it (itself for the start).</returns>
    public List<(int Node, int Distance, int Before)> DistancesFrom(int start)
    {
        List<(int Node, int Distance, int Before)> settled = [];
        List<(int Node, int Distance, int Before)> open = [(start, 0, start)];
        while (open.Count > 0)
        {
            var nearest = open.MinBy(entry => entry.Distance);
            settled.Add(nearest);
            open.RemoveAll(entry => entry.Node == nearest.Node);
            open.AddRange(Neighbours(nearest.Node)
                .Where(next => settled.All(entry => entry.Node != next))
                .Select(next => (next, nearest.Distance + Length(nearest.Node, next)!.Value, nearest.Node)));
        }

        return settled;
    }

    /// <returns>The greatest sets of nodes that can reach each other, as letters in order, by their first letters.</returns>
    public static List<string> Components(int nodes, IEnumerable<LetterEdge> edges)
    {
        int[] roots = [.. Enumerable.Range(0, nodes)];
        foreach (var edge in edges)
        {
            int gone = roots[edge.From], kept = roots[edge.To];
            for (var node = 0; node < nodes; node++)
                roots[node] = roots[node] == gone ? kept : roots[node];
        }

        return [.. Symbols.Letters[..nodes].GroupBy(letter => roots[letter - 'a']).Select(part => string.Concat(part))];
    }

    public override string ToString() => string.Join(',', Edges);
}
