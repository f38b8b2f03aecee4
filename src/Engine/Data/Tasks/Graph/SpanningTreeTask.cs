using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>Joins all nodes as cheaply as can be: <c>tree:ab3,bc4,ac9=</c>, <c>ab3,bc4,7;ab-bc</c>.</summary>
/// <remarks>Several trees may be cheapest; the ground truth is the edges. The steps are Kruskal's edges, then their sum.</remarks>
internal sealed class SpanningTreeTask : GeneratedTask
{
    public override string Name => "spanning-tree";

    public override TaskFamily Family => TaskFamily.Graph;

    public override string Description => "Choose edges of least total length that join all nodes.";

    public override string DifficultyMeaning => "how many nodes, less three";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + ":-=,;";

    protected override string Rules =>
        "A question such as tree:ab3,bc4,ac9= gives edges between nodes, which are the letters from a to the last one that "
        + "occurs, each with its length. Choose one edge less than there are nodes, so that every node can be reached from "
        + "every other along chosen edges and the total length is as small as it can be. The answer is the chosen edges "
        + "without their lengths, joined by hyphens, in any order: ab-bc. Any cheapest choice is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var nodes = difficulty + 3;
        var graph = LetterGraph.Draw(random, nodes, edges: nodes * 3 / 2 + 1, longest: 9);
        var tree = MinimumTree.Of(graph);
        var answer = string.Join('-', tree.Select(edge => edge with { Length = null }));

        return new Problem($"tree:{graph}=", graph.ToString(), $"{string.Join(',', tree)},{tree.Sum(edge => edge.Length)};{answer}");
    }
}
