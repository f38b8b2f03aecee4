using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Grid;

/// <summary>Every number once in each row and column, and all inequalities hold.</summary>
internal static class FutoshikiRule
{
    /// <param name="puzzle">The given cells and inequalities, <c>1../.../...:a2&lt;b2,c3&lt;c2</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split(':') is not [var cells, var signs])
            throw new FormatException("A puzzle looks like 1../.../...:a2<b2.");

        var given = FilledBoard.ParseSquare(cells);
        var pairs = signs.Split(',').Select(sign => Read(sign, given)).ToList();
        var filled = Board.TryParse(answer);

        return FilledBoard.FindBroken(given, filled, "123456789"[..given.Width])
            ?? FilledBoard.FindRepeat(filled!)
            ?? FindBrokenSign(pairs, filled!);
    }

    private static string? FindBrokenSign(List<(int Smaller, int Larger)> pairs, Board filled)
    {
        foreach (var (smaller, larger) in pairs)
        {
            if (filled[smaller] >= filled[larger])
                return $"{FilledBoard.Name(smaller, filled.Width)} is not less than {FilledBoard.Name(larger, filled.Width)}.";
        }

        return null;
    }

    private static (int Smaller, int Larger) Read(string sign, Board board) =>
        sign.Split('<') is [var smaller, var larger]
            ? (Cell(smaller, board), Cell(larger, board))
            : throw new FormatException($"\"{sign}\" is no inequality.");

    private static int Cell(string name, Board board) =>
        CellName.TryParse(name) is var (row, column) && board.Contains(row, column)
            ? row * board.Width + column
            : throw new FormatException($"\"{name}\" is no cell of the board.");
}
