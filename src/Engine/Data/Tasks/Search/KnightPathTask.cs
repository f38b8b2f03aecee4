using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Rides a chess knight by a shortest way: <c>knight5:a1&gt;c5=</c>, <c>a1-b3-c5</c>.</summary>
/// <remarks>Several ways may be shortest; the ground truth is the puzzle, <c>5:a1&gt;e4</c>.</remarks>
internal sealed class KnightPathTask : GeneratedTask
{
    public override string Name => "knight-path";

    public override TaskFamily Family => TaskFamily.Search;

    public override string Description => "Move a chess knight to a cell in as few moves as can be.";

    public override string DifficultyMeaning => "side of the board, less four";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + ":>-=;";

    protected override string Rules =>
        "A question such as knight5:a1>c5= gives the side of a square board, the cell where a chess knight stands and the cell "
        + "that it must reach. Cells are named by column letter and row number from the top left. A knight moves two cells "
        + "along a row or column and one across. The answer is the cells of a way with as few moves as can be, from the first "
        + "cell to the last, with hyphens between them: a1-b3-c5. Any such way is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var side = difficulty + 4;
        var ends = random.Sample(Enumerable.Range(0, side * side), 2);
        var board = new KnightBoard(side, (ends[0] / side, ends[0] % side), (ends[1] / side, ends[1] % side));
        var puzzle = $"{side}:{Name(board.Start)}>{Name(board.Goal)}";
        return new Problem($"knight{puzzle}=", puzzle, $";{string.Join('-', board.ShortestWay()!.Select(Name))}");

        static string Name((int Row, int Column) cell) => CellName.Of(cell.Row, cell.Column);
    }
}
