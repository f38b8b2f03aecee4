using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Lights, 1 on and 0 off, that switch their neighbours.</summary>
internal static class Lights
{
    /// <param name="cell">Counted from 0 row after row.</param>
    public static Board Press(Board board, int cell)
    {
        var (pressedRow, pressedColumn) = (cell / board.Width, cell % board.Width);
        return Board.Of(board.Height, board.Width, (row, column) =>
            Math.Abs(row - pressedRow) + Math.Abs(column - pressedColumn) <= 1 ? (char)(board[row, column] ^ 1) : board[row, column]);
    }
}
