using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Tiles that slide into the gap beside them.</summary>
internal static class SlidingTiles
{
    public const char Gap = '.';

    /// <returns>The tiles that can move.</returns>
    public static IEnumerable<char> Movable(Board board)
    {
        var gap = board.Find(Gap);
        return board.Beside(gap / board.Width, gap % board.Width).Select(cell => board[cell.Row, cell.Column]);
    }

    /// <param name="tile">One that can move.</param>
    public static Board Slide(Board board, char tile) => Board.Of(board.Height, board.Width, (row, column) =>
        board[row, column] == tile ? Gap : board[row, column] == Gap ? tile : board[row, column]);
}
