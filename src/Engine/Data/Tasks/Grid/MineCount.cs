using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>What cells of a minefield look like, and how many mines surround one.</summary>
internal static class MineCount
{
    public const char Mine = '*', Safe = '-', Covered = '?';

    public static int Around(Board board, int row, int column) => board.Around(row, column).Count(cell => board[cell.Row, cell.Column] == Mine);
}
