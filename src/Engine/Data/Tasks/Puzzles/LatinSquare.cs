using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>Squares whose rows and columns hold every number once.</summary>
internal static class LatinSquare
{
    /// <summary>A cyclic square with rows, columns and numbers shuffled; not every square can come out, but all look alike.</summary>
    /// <returns>Row after row, numbers from 0.</returns>
    public static int[] Draw(int side, RandomSequence random)
    {
        int[] rows = random.Order(side), columns = random.Order(side), numbers = random.Order(side);
        return [.. rows.SelectMany(row => columns.Select(column => numbers[(row + column) % side]))];
    }

    /// <summary>A problem of <paramref name="side"/>² variables whose rows and columns differ.</summary>
    public static ConstraintProblem Problem(int side)
    {
        var problem = new ConstraintProblem(side * side, side);
        for (var line = 0; line < side; line++)
        {
            problem.AllDifferent(BoardLines.Row(line, side));
            problem.AllDifferent(BoardLines.Column(line, side, side));
        }

        return problem;
    }
}
