using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Data.Tasks.Search;

namespace SeedOrleans.Engine.Rewards.Logic.Search;

/// <summary>Tiles that could move when they did, and the board that was asked for in the end.</summary>
internal static class SlidingPuzzleRule
{
    private const int MaxMoves = 200;

    /// <param name="puzzle">The board and what it must become, <c>12/3.&gt;1./32</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split('>') is not [var from, var to])
            throw new FormatException("A puzzle looks like 12/3.>1./32.");

        var (board, goal) = (Board.Parse(from), Board.Parse(to));
        if (board.Find(SlidingTiles.Gap) < 0)
            throw new FormatException("The board has no gap.");
        if (answer.Length > MaxMoves)
            return $"There are more than {MaxMoves} moves.";

        foreach (var (place, tile) in answer.Index())
        {
            if (!SlidingTiles.Movable(board).Contains(tile))
                return $"Move {place + 1}: {tile} is not beside the gap.";

            board = SlidingTiles.Slide(board, tile);
        }

        return board.ToString() == goal.ToString() ? null : $"The moves lead to {board}.";
    }
}
