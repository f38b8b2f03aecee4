using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>Puts people in a row by clues: <c>row:abc:c&lt;a,b|c,b1=</c>, <c>bca</c>.</summary>
/// <remarks>The ground truth is the puzzle.</remarks>
internal sealed class OrderingTask : GeneratedTask
{
    public override string Name => "ordering";

    public override TaskFamily Family => TaskFamily.Logic;

    public override string Description => "Find the order of people in a row from clues.";

    public override string DifficultyMeaning => "how many people, less three";

    public override int MaxDifficulty => 5;

    public override string Alphabet => Symbols.Letters + ArrangementPuzzle.Characters;

    protected override string Rules =>
        "A question such as row:abc:c<a,b|c,b1= names people, who stand in a row, and gives clues: c<a says that c stands "
        + "somewhere left of a, b|c that b and c stand side by side, b1 that b stands at place 1, counted from the left. The "
        + "answer is the people from left to right, so that all clues hold: bca.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (puzzle, solution) = ArrangementPuzzle.Draw(random, difficulty + 3, Symbols.Letters);
        return new Problem($"row:{puzzle}=", puzzle.ToString(), $";{solution[0]}");
    }
}
