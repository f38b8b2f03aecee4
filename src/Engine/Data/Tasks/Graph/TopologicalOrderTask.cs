using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>Orders what depends on other things: <c>before:b&gt;a,c&gt;a=</c>, <c>b,bc,bca;bca</c>.</summary>
/// <remarks>Several orders may be right; the ground truth is the arrows. The steps are the growing answer.</remarks>
internal sealed class TopologicalOrderTask : GeneratedTask
{
    public override string Name => "topological-order";

    public override TaskFamily Family => TaskFamily.Graph;

    public override string Description => "Put nodes into an order that follows all arrows.";

    public override string DifficultyMeaning => "how many nodes, less three";

    public override int MaxDifficulty => 9;

    public override string Alphabet => Symbols.Letters + ":>=,;";

    protected override string Rules =>
        "A question such as before:b>a,c>a= gives arrows between nodes, which are the letters from a to the last one that "
        + "occurs: b>a says that b must come before a. The answer is every node once, without separators, in an order in which "
        + "all arrows lead from left to right: bca. Any such order is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var nodes = difficulty + 3;
        int[] order = random.Order(nodes);
        var graph = LetterGraph.Draw(random, nodes, edges: nodes * 3 / 2);
        var answer = string.Concat(order.Select(node => Symbols.Letters[node]));
        var puzzle = string.Join(',', graph.Edges.Select(edge => Arrow(answer, Symbols.Letters[edge.From], Symbols.Letters[edge.To])));
        var beginnings = Enumerable.Range(1, nodes - 1).Select(length => answer[..length]);
        return new Problem($"before:{puzzle}=", puzzle, $"{string.Join(',', beginnings)};{answer}");
    }

    private static string Arrow(string order, char one, char other) =>
        order.IndexOf(one) < order.IndexOf(other) ? $"{one}>{other}" : $"{other}>{one}";
}
