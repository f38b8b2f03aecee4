using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>Visits every node once: <c>visit:ab,ac,bd,cd,ad=</c>, <c>bacd</c>.</summary>
/// <remarks>Several paths may be right; the ground truth is the edges. The steps are the growing answer.</remarks>
internal sealed class HamiltonianPathTask : GeneratedTask
{
    public override string Name => "hamiltonian-path";

    public override TaskFamily Family => TaskFamily.Graph;

    public override string Description => "Find a path along edges that visits every node exactly once.";

    public override string DifficultyMeaning => "how many nodes, less four";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Letters + ":=,;";

    protected override string Rules =>
        "A question such as visit:ab,ac,bd,cd= gives edges between nodes, which are the letters from a to the last one that "
        + "occurs; edges lead both ways. The answer is every node exactly once, without separators, in an order in which an "
        + "edge joins each node to the next: bacd. It may begin and end anywhere, and any such path is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var nodes = difficulty + 4;
        int[] order = random.Order(nodes);
        var path = order.Zip(order.Skip(1), (one, other) => (From: Math.Min(one, other), To: Math.Max(one, other))).ToList();
        var extra = random.Sample(LetterGraph.Pairs(nodes).Except(path), nodes / 2);

        var puzzle = string.Join(',', random.Shuffled(path.Concat(extra)).Select(pair => new LetterEdge(pair.From, pair.To)));
        var answer = string.Concat(order.Select(node => Symbols.Letters[node]));
        var beginnings = Enumerable.Range(1, nodes - 1).Select(length => answer[..length]);
        return new Problem($"visit:{puzzle}=", puzzle, $"{string.Join(',', beginnings)};{answer}");
    }
}
