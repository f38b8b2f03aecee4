using SeedOrleans.Engine.Data.Tasks.Grid;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Grid;

/// <summary>Every covered cell marked, and every number as many mines around it.</summary>
internal static class MinesweeperRule
{
    /// <param name="puzzle">Numbers and covered cells, <c>1?1/111</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var board = Board.Parse(puzzle);
        var marked = Board.TryParse(answer);
        if (marked is null || (marked.Height, marked.Width) != (board.Height, board.Width))
            return $"The answer is not {board.Height} rows of {board.Width} cells.";

        for (var cell = 0; cell < board.Cells; cell++)
        {
            if (board[cell] == MineCount.Covered ? marked[cell] is not (MineCount.Mine or MineCount.Safe) : marked[cell] != board[cell])
                return $"Cell {FilledBoard.Name(cell, board.Width)} must not be {marked[cell]}.";
        }

        for (var cell = 0; cell < board.Cells; cell++)
        {
            if (board[cell] != MineCount.Covered && MineCount.Around(marked, cell / board.Width, cell % board.Width) != board[cell] - '0')
                return $"There are not {board[cell]} mines around cell {FilledBoard.Name(cell, board.Width)}.";
        }

        return null;
    }
}
