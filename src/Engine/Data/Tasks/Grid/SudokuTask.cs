using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Fills a square: <c>sudoku:12.4/…=</c>, <c>c1=3,…;1234/3412/…</c>.</summary>
/// <remarks>The ground truth is the given cells, which admit one filling. A step is a cell.</remarks>
internal sealed class SudokuTask : GeneratedTask
{
    private static readonly (int Side, int Blanks)[] Ladder = [(4, 6), (4, 10), (6, 14), (6, 22), (9, 30), (9, 42), (9, 50)];

    public override string Name => "sudoku";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Fill a square so that rows, columns and boxes hold every number once.";

    public override string DifficultyMeaning =>
        "side 4 with 6 blank cells, 4 with 10, 6 with 14, 6 with 22, 9 with 30, 9 with 42, 9 with 50 (at most)";

    public override int MaxDifficulty => Ladder.Length;

    public override string Alphabet => Symbols.Digits + "abcdefghi" + "sudoku:./=,;";

    protected override string Rules =>
        "A question such as sudoku:12.4/3.12/.143/43.1= gives the rows of a square with slashes between them; a point is a "
        + "blank cell. Fill the blank cells so that every row, every column and every box holds each number from 1 to the side "
        + "of the square once. The boxes tile the square: 2 by 2 cells where the side is 4, 2 rows by 3 columns where it is 6, "
        + "3 by 3 where it is 9. The answer is the whole square in the same form, given cells included: 1234/3412/2143/4321.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (side, blanks) = Ladder[difficulty - 1];
        var shape = SudokuShape.Of(side);
        var problem = shape.Problem();
        var solution = Draw(shape, random);
        var givens = problem.Clear(solution, blanks, random);
        var puzzle = Givens.Text(givens, side, "123456789");

        return new Problem(
            $"sudoku:{puzzle}=",
            puzzle,
            $"{string.Join(',', Givens.Steps(problem, givens, side, "123456789"))};{Givens.Text(solution, side, "123456789")}");
    }

    /// <summary>A plain square with rows, columns and numbers shuffled, within bands and stacks, and these among themselves.</summary>
    private static int[] Draw(SudokuShape shape, RandomSequence random)
    {
        var rows = Lines(shape.Side / shape.BoxHeight, shape.BoxHeight, random);
        var columns = Lines(shape.Side / shape.BoxWidth, shape.BoxWidth, random);
        var numbers = random.Order(shape.Side);
        return
        [
            .. rows.SelectMany(row => columns.Select(
                column => numbers[(row % shape.BoxHeight * shape.BoxWidth + row / shape.BoxHeight + column) % shape.Side])),
        ];
    }

    private static int[] Lines(int groups, int size, RandomSequence random) =>
        [.. random.Order(groups).SelectMany(group => random.Order(size).Select(line => group * size + line))];
}
