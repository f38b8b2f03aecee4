using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Finds mines by the numbers beside them: <c>mines:1?/11=</c>, <c>1*/11</c>.</summary>
/// <remarks>The ground truth is the board. Numbers are covered only where one answer is left. A step is a covered cell.</remarks>
internal sealed class MinesweeperTask : GeneratedTask
{
    private static readonly (int Height, int Width)[] Ladder = [(3, 3), (4, 4), (5, 5), (6, 6), (7, 7)];

    public override string Name => "minesweeper";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Find which covered cells hide mines from the numbers beside them.";

    public override string DifficultyMeaning => "side of the board, less two; one cell in five hides a mine";

    public override int MaxDifficulty => Ladder.Length;

    public override string Alphabet => Symbols.Digits + "abcdefg" + "mines:?*-/=,;";

    protected override string Rules =>
        "A question such as mines:1?1/111= gives the rows of a board with slashes between them. A number says how many of the "
        + "up to eight cells around it hide mines, and is no mine itself; ? is a covered cell. The answer is the board in the "
        + "same form, numbers unchanged and every ? replaced by * for a mine or - for none, so that all numbers are right: "
        + "1*1/111. Any such board is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (height, width) = Ladder[difficulty - 1];
        var mines = random.Sample(Enumerable.Range(0, height * width), height * width / 5 + 1).ToHashSet();
        var field = Board.Of(height, width, (row, column) => mines.Contains(row * width + column) ? MineCount.Mine : MineCount.Safe);
        var numbers = Board.Of(height, width, (row, column) =>
            field[row, column] == MineCount.Mine ? MineCount.Covered : (char)('0' + MineCount.Around(field, row, column)));

        var puzzle = Cover(numbers, random);
        var answer = Board.Of(height, width, (row, column) =>
            puzzle[row, column] == MineCount.Covered ? field[row, column] : puzzle[row, column]);
        var steps = Enumerable.Range(0, puzzle.Cells)
            .Where(cell => puzzle[cell] == MineCount.Covered)
            .Select(cell => $"{CellName.Of(cell / width, cell % width)}{answer[cell]}");

        return new Problem($"mines:{puzzle}=", puzzle.ToString(), $"{string.Join(',', steps)};{answer}");
    }

    /// <summary>Covers a third of the cells more, each only if one answer is left.</summary>
    private static Board Cover(Board numbers, RandomSequence random)
    {
        var board = numbers;
        var shown = Enumerable.Range(0, numbers.Cells).Where(cell => numbers[cell] != MineCount.Covered);
        foreach (var cell in random.Sample(shown, numbers.Cells / 3))
        {
            var covered = Board.Of(board.Height, board.Width, (row, column) =>
                row * board.Width + column == cell ? MineCount.Covered : board[row, column]);
            if (HasOneAnswer(covered))
                board = covered;
        }

        return board;
    }

    private static bool HasOneAnswer(Board board)
    {
        int[] covered = [.. Enumerable.Range(0, board.Cells).Where(cell => board[cell] == MineCount.Covered)];
        var problem = new ConstraintProblem(covered.Length, values: 2);
        foreach (var cell in Enumerable.Range(0, board.Cells).Except(covered))
        {
            var number = board[cell] - '0';
            int[] scope =
            [
                .. board.Around(cell / board.Width, cell % board.Width)
                    .Select(beside => Array.IndexOf(covered, beside.Row * board.Width + beside.Column))
                    .Where(variable => variable >= 0),
            ];
            problem.Require(scope, mines => mines.Count(1) <= number && mines.Count(1) + mines.Count(-1) >= number);
        }

        return problem.HasOneSolution([.. Enumerable.Repeat(-1, covered.Length)]);
    }
}
