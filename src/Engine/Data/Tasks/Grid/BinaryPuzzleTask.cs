using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Fills a square with 0 and 1: <c>binary:1..0/…=</c>, <c>b1=0,…;1010/…</c>.</summary>
/// <remarks>Also called takuzu; here lines may be equal. The ground truth is the given cells, which admit one filling.</remarks>
internal sealed class BinaryPuzzleTask : GeneratedTask
{
    private const string Bits = "01";

    private static readonly (int Side, int Blanks)[] Ladder = [(4, 8), (4, 12), (6, 20), (6, 28), (8, 44)];

    public override string Name => "binary-puzzle";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Fill a square with as many 0 as 1 in each line and never three equal ones in a row.";

    public override string DifficultyMeaning => "side 4 with 8 blank cells, 4 with 12, 6 with 20, 6 with 28, 8 with 44 (at most)";

    public override int MaxDifficulty => Ladder.Length;

    public override string Alphabet => Symbols.Digits + "abcdefgh" + "binary:./=,;";

    protected override string Rules =>
        "A question such as binary:1..0/..1./.0../0..1= gives the rows of a square with slashes between them; a point is a "
        + "blank cell. Fill the blank cells with 0 and 1 so that every row and every column holds as many 0 as 1 and nowhere "
        + "three equal digits stand next to each other in a row or column. The answer is the whole square in the same form, "
        + "given cells included: 1010/0110/1001/0101.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (side, blanks) = Ladder[difficulty - 1];
        var problem = new ConstraintProblem(side * side, values: 2);
        for (var line = 0; line < side; line++)
        {
            problem.Require(BoardLines.Row(line, side), MayHold);
            problem.Require(BoardLines.Column(line, side, side), MayHold);
        }

        var solution = problem.Solve([.. Enumerable.Repeat(-1, side * side)], random)!.Values;
        var givens = problem.Clear(solution, blanks, random);
        var puzzle = Givens.Text(givens, side, Bits);

        return new Problem(
            $"binary:{puzzle}=",
            puzzle,
            $"{string.Join(',', Givens.Steps(problem, givens, side, Bits))};{Givens.Text(solution, side, Bits)}");
    }

    private static bool MayHold(ReadOnlySpan<int> line)
    {
        if (line.Count(0) > line.Length / 2 || line.Count(1) > line.Length / 2)
            return false;

        for (var i = 2; i < line.Length; i++)
        {
            if (line[i] >= 0 && line[i] == line[i - 1] && line[i] == line[i - 2])
                return false;
        }

        return true;
    }
}
