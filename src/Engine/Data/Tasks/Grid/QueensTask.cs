using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Places queens that do not attack each other: <c>queens:ac..bd.=</c>, <c>3e,4g,7f;acegbdf</c>.</summary>
/// <remarks>Several answers may be right; the ground truth is the given queens. A step is a row that was filled, <c>1a</c>.</remarks>
internal sealed class QueensTask : GeneratedTask
{
    public override string Name => "n-queens";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Complete a board of queens of which none attacks another.";

    public override string DifficultyMeaning => "side of the board, less six; 4 queens are given at first, and one less every second time";

    public override int MaxDifficulty => 6;

    public override string Alphabet => Symbols.Letters[..12] + Symbols.Digits + "queens:.=,;";

    protected override string Rules =>
        "A question such as queens:ac..bd.= describes a square chess board with as many rows and columns as there are "
        + "characters: for each row from the top the column letter (a is the leftmost) of the queen that stands there, or a "
        + "point where none stands yet. Put one queen into every row that has none, so that no two queens stand in the same "
        + "column or on the same diagonal. The answer is the column letters of all rows in order, given queens included: "
        + "acegbdf. Any such board is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var side = difficulty + 6;
        var problem = Problem(side);
        var solution = problem.Solve([.. Enumerable.Repeat(-1, side)], random)!.Values;
        var given = random.Sample(Enumerable.Range(0, side), 4 - (difficulty - 1) / 2);

        var puzzle = string.Concat(solution.Select((column, row) => given.Contains(row) ? Symbols.Letters[column] : Givens.Blank));
        var answer = string.Concat(solution.Select(column => Symbols.Letters[column]));
        var steps = Enumerable.Range(0, side).Where(row => !given.Contains(row)).Select(row => $"{row + 1}{answer[row]}");
        return new Problem($"queens:{puzzle}=", puzzle, $"{string.Join(',', steps)};{answer}");
    }

    private static ConstraintProblem Problem(int side)
    {
        var problem = new ConstraintProblem(side, side);
        problem.AllDifferent(BoardLines.Row(0, side));
        for (var row = 0; row < side; row++)
        {
            for (var lower = row + 1; lower < side; lower++)
            {
                var distance = lower - row;
                problem.Require([row, lower], columns => columns.Contains(-1) || Math.Abs(columns[0] - columns[1]) != distance);
            }
        }

        return problem;
    }
}
