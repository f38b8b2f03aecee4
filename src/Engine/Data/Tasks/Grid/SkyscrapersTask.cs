using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>
/// Fills a Latin square of heights by what is seen from its sides: <c>towers:.../..3/...:122,312,122,312=</c>,
/// <c>a1=3,…;321/213/132</c>.
/// </summary>
/// <remarks>The ground truth is the puzzle, which admits one filling. A step is a cell.</remarks>
internal sealed class SkyscrapersTask : GeneratedTask
{
    private const string Numbers = "123456789";

    private static readonly (int Side, int Hidden)[] Ladder = [(4, 0), (4, 6), (5, 0), (5, 8), (6, 8)];

    public override string Name => "skyscrapers";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Fill a square with towers' heights so that as many are seen from each side as is said.";

    public override string DifficultyMeaning =>
        "side of the square and how many numbers at its sides are missing: 4 and none, 4 and 6, 5 and none, 5 and 8, 6 and 8";

    public override int MaxDifficulty => Ladder.Length;

    public override string Alphabet => Symbols.Digits + "abcdef" + "towers:./=,;";

    protected override string Rules =>
        "A question such as towers:.../..3/...:122,312,122,312= gives the rows of a square with slashes between them (a point "
        + "is a blank cell), then how many towers are seen: from above each column, from below each column (both from left to "
        + "right), from the left of each row, from the right of each row (both from top to bottom); 0 says nothing. Fill the "
        + "blank cells with heights so that every row and every column holds each height from 1 to the side of the square "
        + "once. Looking along a line, a tower is seen if all towers before it are lower. The answer is the whole square in "
        + "the same form, given cells included: 321/213/132.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (side, hidden) = Ladder[difficulty - 1];
        var solution = LatinSquare.Draw(side, random);
        var problem = LatinSquare.Problem(side);
        var square = Board.Parse(Givens.Text(solution, side, Numbers));

        var counts = SkyscraperView.Lines(square).Select(line => SkyscraperView.Count(line)).ToArray();
        foreach (var view in random.Sample(Enumerable.Range(0, counts.Length), hidden))
            counts[view] = 0;

        for (var view = 0; view < counts.Length; view++)
            Require(problem, SkyscraperView.Cells(view, side), counts[view]);

        var givens = problem.Clear(solution, side * side, random);
        var puzzle = $"{Givens.Text(givens, side, Numbers)}:{string.Join(',', counts.Chunk(side).Select(chunk => string.Concat(chunk)))}";

        return new Problem(
            $"towers:{puzzle}=", puzzle, $"{string.Join(',', Givens.Steps(problem, givens, side, Numbers))};{square}");
    }

    private static void Require(ConstraintProblem problem, int[] line, int count)
    {
        if (count > 0)
            problem.Require(line, heights => heights.Contains(-1) || SkyscraperView.Count(heights) == count);
    }
}
