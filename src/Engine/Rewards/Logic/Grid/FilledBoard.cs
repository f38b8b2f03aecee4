using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Grid;

/// <summary>What all boards that are filled in have in common.</summary>
internal static class FilledBoard
{
    /// <summary>The shape is the puzzle's, given cells are kept, and all cells hold <paramref name="symbols"/>.</summary>
    public static string? FindBroken(Board given, Board? filled, string symbols)
    {
        if (FindBrokenShape(filled, given.Height, given.Width, symbols) is { } broken)
            return broken;

        for (var cell = 0; cell < given.Cells; cell++)
        {
            if (given[cell] != Givens.Blank && given[cell] != filled![cell])
                return $"Cell {Name(cell, given.Width)} was given as {given[cell]}.";
        }

        return null;
    }

    public static string? FindBrokenShape(Board? filled, int height, int width, string symbols)
    {
        if (filled is null || (filled.Height, filled.Width) != (height, width))
            return $"The answer is not {height} rows of {width} cells.";

        for (var cell = 0; cell < filled.Cells; cell++)
        {
            if (!symbols.Contains(filled[cell]))
                return $"Cell {Name(cell, width)} holds {filled[cell]}, which is not one of {symbols}.";
        }

        return null;
    }

    /// <summary>No row or column holds a symbol twice.</summary>
    public static string? FindRepeat(Board filled) =>
        filled.Lines().FirstOrDefault(line => line.Distinct().Count() < line.Length) is { } repeating
            ? $"A row or column is {repeating}, with a number twice."
            : null;

    /// <exception cref="FormatException">It is not a square, or too large for numbers of one digit.</exception>
    public static Board ParseSquare(string text) =>
        Board.Parse(text) is { Height: <= 9 } board && board.Height == board.Width
            ? board
            : throw new FormatException("The board is no square of at most 9 rows.");

    public static string Name(int cell, int width) => CellName.Of(cell / width, cell % width);
}
