using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Fills a Latin square under inequalities: <c>futoshiki:1../…/…:a2&lt;b2,c2&lt;c3=</c>, <c>b1=2,…;123/231/312</c>.</summary>
/// <remarks>The ground truth is the puzzle, which admits one filling. A step is a cell.</remarks>
internal sealed class FutoshikiTask : GeneratedTask
{
    private const string Numbers = "123456789";

    public override string Name => "futoshiki";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Fill a square so that rows and columns hold every number once and inequalities between cells hold.";

    public override string DifficultyMeaning => "side of the square, less two";

    public override int MaxDifficulty => 4;

    public override string Alphabet => Symbols.Digits + "abcdef" + "futoshiki:./<=,;";

    protected override string Rules =>
        "A question such as futoshiki:1../.../...:a2<b2,c2<c3= gives the rows of a square with slashes between them (a point "
        + "is a blank cell), then inequalities between cells, which are named by column letter and row number from the top "
        + "left: a2 is the first cell of the second row. Fill the blank cells so that every row and every column holds each "
        + "number from 1 to the side of the square once and all inequalities hold. The answer is the whole square in the same "
        + "form, given cells included: 123/231/312.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var side = difficulty + 2;
        var solution = LatinSquare.Draw(side, random);
        var problem = LatinSquare.Problem(side);

        var inequalities = random.Sample(Neighbours(side), side * (side - 1) / 2 + 1)
            .Select(pair => solution[pair.First] < solution[pair.Second] ? pair : (First: pair.Second, Second: pair.First))
            .ToList();
        foreach (var (smaller, larger) in inequalities)
            problem.Require([smaller, larger], values => values.Contains(-1) || values[0] < values[1]);

        var givens = problem.Clear(solution, side * side, random);
        var signs = inequalities.Select(pair => $"{Name(pair.First, side)}<{Name(pair.Second, side)}");
        var puzzle = $"{Givens.Text(givens, side, Numbers)}:{string.Join(',', signs)}";

        return new Problem(
            $"futoshiki:{puzzle}=",
            puzzle,
            $"{string.Join(',', Givens.Steps(problem, givens, side, Numbers))};{Givens.Text(solution, side, Numbers)}");

        static string Name(int cell, int side) => CellName.Of(cell / side, cell % side);
    }

    private static IEnumerable<(int First, int Second)> Neighbours(int side) =>
        from cell in Enumerable.Range(0, side * side)
        from next in (int[])[cell + 1, cell + side]
        where next == cell + 1 ? next % side != 0 : next < side * side
        select (cell, next);
}
