using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>How a square is cut into boxes: 4 into 2×2, 6 into 2×3 (two rows, three columns), 9 into 3×3.</summary>
internal sealed record SudokuShape(int Side, int BoxHeight, int BoxWidth)
{
    /// <exception cref="FormatException">No sudoku has this side.</exception>
    public static SudokuShape Of(int side) => side switch
    {
        4 => new SudokuShape(4, 2, 2),
        6 => new SudokuShape(6, 2, 3),
        9 => new SudokuShape(9, 3, 3),
        _ => throw new FormatException("A sudoku has a side of 4, 6 or 9."),
    };

    /// <returns>The cells of a box, counted from 0 row after row.</returns>
    public int[] Box(int box)
    {
        var (top, left) = (box / BoxHeight * BoxHeight, box % BoxHeight * BoxWidth);
        return [.. Enumerable.Range(0, Side).Select(i => (top + i / BoxWidth) * Side + left + i % BoxWidth)];
    }

    public ConstraintProblem Problem()
    {
        var problem = LatinSquare.Problem(Side);
        for (var box = 0; box < Side; box++)
            problem.AllDifferent(Box(box));

        return problem;
    }
}
