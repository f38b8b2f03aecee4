using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>Colours nodes so that neighbours differ: <c>colors3:ab,bc,ac=</c>, <c>a1,b2,c3;123</c>.</summary>
/// <remarks>The ground truth is the puzzle, <c>3:ab,bc,ac</c>.</remarks>
internal sealed class ColoringTask : GeneratedTask
{
    public override string Name => "graph-coloring";

    public override TaskFamily Family => TaskFamily.Graph;

    public override string Description => "Colour the nodes of a graph so that the ends of each edge differ.";

    public override string DifficultyMeaning => "how many nodes, less three; 3 colours, 4 from 6 on";

    public override int MaxDifficulty => 9;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + ":=,;";

    protected override string Rules =>
        "A question such as colors3:ab,bc,ac= gives a number of colours and edges between nodes, which are the letters from a "
        + "to the last one that occurs. Give every node a colour from 1 to that number so that no edge joins two nodes of the "
        + "same colour. The answer is the colours of all nodes in alphabetical order, without separators: 123. Any such "
        + "colouring is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (nodes, colors) = (difficulty + 3, difficulty < 6 ? 3 : 4);
        int[] planted = random.Shuffled(Enumerable.Range(0, nodes).Select(node => node < colors ? node : random.Next(0, colors - 1)));
        var graph = LetterGraph.Draw(random, nodes, edges: nodes * colors / 2, isAllowed: (one, other) => planted[one] != planted[other]);

        var puzzle = $"{colors}:{graph}";
        var steps = planted.Select((color, node) => $"{Symbols.Letters[node]}{color + 1}");
        return new Problem($"colors{puzzle}=", puzzle, $"{string.Join(',', steps)};{string.Concat(planted.Select(color => color + 1))}");
    }
}
