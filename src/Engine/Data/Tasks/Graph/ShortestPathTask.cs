using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>Finds a shortest way: <c>path:ab3,bc4,ac9:a&gt;c=</c>, <c>a0,b3,c7;abc</c>.</summary>
/// <remarks>Several ways may be shortest; the ground truth is the puzzle. A step is a node and its distance, nearest first.</remarks>
internal sealed class ShortestPathTask : GeneratedTask
{
    public override string Name => "shortest-path";

    public override TaskFamily Family => TaskFamily.Graph;

    public override string Description => "Find a shortest way between two nodes along edges with lengths.";

    public override string DifficultyMeaning => "how many nodes, less three";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + ":>=,;";

    protected override string Rules =>
        "A question such as path:ab3,bc4,ac9:a>c= gives edges between nodes, which are letters, each with its length (ab3 "
        + "joins a and b, both ways, and is 3 long), then where to go from and where to. The answer is the nodes of a way from "
        + "the first to the second that is no longer than any other, without separators: abc. Any shortest way is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var nodes = difficulty + 3;
        var graph = LetterGraph.Draw(random, nodes, edges: nodes * 3 / 2, longest: 9);
        var ends = random.Sample(Enumerable.Range(0, nodes), 2);
        var settled = graph.DistancesFrom(ends[0]);
        var before = settled.ToDictionary(entry => entry.Node, entry => entry.Before);

        var way = "";
        for (var node = ends[1]; node != ends[0]; node = before[node])
            way = Symbols.Letters[node] + way;

        var answer = Symbols.Letters[ends[0]] + way;
        var steps = settled[..(settled.FindIndex(entry => entry.Node == ends[1]) + 1)]
            .Select(entry => $"{Symbols.Letters[entry.Node]}{entry.Distance}");
        var puzzle = $"{graph}:{answer[0]}>{answer[^1]}";
        return new Problem($"path:{puzzle}=", puzzle, $"{string.Join(',', steps)};{answer}");
    }
}
