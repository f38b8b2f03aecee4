using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>Finds what hangs together: <c>parts5:ab,de=</c>, <c>ab-c-d-e;ab-c-de</c>.</summary>
/// <remarks>The order of parts and letters is free; the ground truth is the puzzle, <c>5:ab,de</c>. A step is the parts after an edge.</remarks>
internal sealed class ComponentsTask : GeneratedTask
{
    public override string Name => "components";

    public override TaskFamily Family => TaskFamily.Graph;

    public override string Description => "Find the connected components of a graph.";

    public override string DifficultyMeaning => "how many nodes, less four";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + ":-=,;";

    protected override string Rules =>
        "A question such as parts5:ab,de= gives a number of nodes, which are that many letters from a on, and edges between "
        + "them. Two nodes belong to the same part if one can be reached from the other along edges; a node without edges is a "
        + "part by itself. The answer is the letters of every part, parts joined by hyphens: ab-c-de. Every node stands in it "
        + "once; the order of the parts and of the letters in a part does not matter.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var nodes = difficulty + 4;
        LetterEdge[] edges =
            [.. random.Sample(LetterGraph.Pairs(nodes), random.Next(nodes / 2, nodes - 1)).Select(pair => new LetterEdge(pair.From, pair.To))];
        var puzzle = $"{nodes}:{string.Join<LetterEdge>(',', edges)}";
        var steps = Enumerable.Range(1, edges.Length - 1).Select(count => Text(nodes, edges[..count]));

        return new Problem($"parts{puzzle}=", puzzle, $"{string.Join(',', steps)};{Text(nodes, edges)}");
    }

    private static string Text(int nodes, LetterEdge[] edges) => string.Join('-', LetterGraph.Components(nodes, edges));
}
