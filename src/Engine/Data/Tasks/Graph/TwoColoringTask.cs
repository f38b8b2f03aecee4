using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>
/// Parts nodes into two sides, or shows why that cannot be: <c>sides:ab,bc=</c>, <c>a1,b2,c1;121</c>; <c>sides:ab,bc,ac=</c>,
/// <c>a1,b2,c2;abc</c>.
/// </summary>
/// <remarks>The ground truth is the edges. The steps are the sides of nodes, breadth first from a, up to the first edge within a side.</remarks>
internal sealed class TwoColoringTask : GeneratedTask
{
    public override string Name => "two-coloring";

    public override TaskFamily Family => TaskFamily.Graph;

    public override string Description => "Part a graph's nodes into two sides without edges within a side, or find a cycle of odd length.";

    public override string DifficultyMeaning => "how many nodes, less four";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + ":=,;";

    protected override string Rules =>
        "A question such as sides:ab,bc,ac= gives edges between nodes, which are the letters from a to the last one that "
        + "occurs. If every node can be put on side 1 or side 2 so that every edge leads from one side to the other, the "
        + "answer is the sides of all nodes in alphabetical order, without separators: 121. If that cannot be, the answer is "
        + "an odd number of different nodes, without separators, such that an edge joins each to the next and the last to the "
        + "first: abc. Any such answer is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var nodes = difficulty + 4;
        int[] planted = random.Shuffled(Enumerable.Range(0, nodes).Select(node => node % 2));
        var hasSides = random.Coin();
        var graph = LetterGraph.Draw(
            random, nodes, edges: nodes + difficulty / 2 + 1, isAllowed: (one, other) => !hasSides || planted[one] != planted[other]);

        var (steps, answer) = BreadthFirst(graph);
        return new Problem($"sides:{graph}=", graph.ToString(), $"{string.Join(',', steps)};{answer}");
    }

    private static (List<string> Steps, string Answer) BreadthFirst(LetterGraph graph)
    {
        var before = new int[graph.Nodes];
        var sides = new int[graph.Nodes];
        var (steps, open) = (new List<string> { "a1" }, new Queue<int>([0]));
        sides[0] = 1;

        while (open.TryDequeue(out var node))
        {
            foreach (var next in graph.Neighbours(node))
            {
                if (sides[next] == sides[node])
                    return (steps, OddCycle(before, node, next));
                if (sides[next] != 0)
                    continue;

                (sides[next], before[next]) = (3 - sides[node], node);
                steps.Add($"{Symbols.Letters[next]}{sides[next]}");
                open.Enqueue(next);
            }
        }

        return (steps, string.Concat(sides));
    }

    /// <summary>Two nodes of one side with an edge between them have ways of equally many steps back to where they meet.</summary>
    private static string OddCycle(int[] before, int one, int other)
    {
        var (left, right) = ("", "");
        for (; one != other; one = before[one], other = before[other])
            (left, right) = (Symbols.Letters[one] + left, right + Symbols.Letters[other]);

        return Symbols.Letters[one] + left + right;
    }
}
