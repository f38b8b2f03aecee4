using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Paints runs of cells: <c>nonogram:2,1,1.1/1.1,2,1=</c>, <c>2:110,1:010,1.1:101;110/010/101</c>.</summary>
/// <remarks>Several answers may be right; the ground truth is the runs.</remarks>
internal sealed class NonogramTask : GeneratedTask
{
    private static readonly (int Height, int Width)[] Ladder = [(3, 4), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8)];

    public override string Name => "nonogram";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Paint cells so that each line has the runs of painted cells that are said.";

    public override string DifficultyMeaning => "3 rows of 4 cells, then squares with sides of 4 to 8";

    public override int MaxDifficulty => Ladder.Length;

    public override string Alphabet => Symbols.Digits + "nonogram:./=,;";

    protected override string Rules =>
        "A question such as nonogram:2,1,1.1/1.1,2,1= gives, for each row from the top and, behind the slash, for each column "
        + "from the left, the lengths of its runs of painted cells in order, with points between them; 0 stands for a line "
        + "without paint. Runs have at least one cell without paint between them. The answer is the rows with slashes between "
        + "them, 1 for a painted cell and 0 for any other: 110/010/101. Any picture with these runs is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (height, width) = Ladder[difficulty - 1];
        var board = Board.Of(height, width, (_, _) => random.Next(0, 99) < 58 ? '1' : '0');
        var puzzle = NonogramRuns.Of(board);
        var rows = Enumerable.Range(0, height).Select(row => $"{NonogramRuns.Of(board.Row(row))}:{board.Row(row)}");

        return new Problem($"nonogram:{puzzle}=", puzzle, $"{string.Join(',', rows)};{board}");
    }
}
