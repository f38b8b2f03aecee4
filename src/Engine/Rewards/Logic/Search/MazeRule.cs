using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Data.Tasks.Search;

namespace SeedOrleans.Engine.Rewards.Logic.Search;

/// <summary>Moves from start to end through no wall, and as few as can be where the shortest way is asked for.</summary>
internal static class MazeRule
{
    /// <summary>The largest board that is searched for its shortest way.</summary>
    private const int MaxCells = 2500;

    /// <param name="puzzle">What is asked, and the maze, <c>maze:s.#/#../#.e</c> or <c>shortest:…</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split(':') is not [("maze" or "shortest") and var kind, var rows])
            throw new FormatException("A puzzle looks like maze:s.#/#../#.e.");

        var maze = Board.Parse(rows);
        if (maze.Cells > MaxCells || maze.Find(MazeMap.Start) < 0 || maze.Find(MazeMap.End) < 0)
            throw new FormatException("A maze has a start and an end, and at most 2,500 cells.");

        var cell = maze.Find(MazeMap.Start);
        foreach (var (place, move) in answer.Index())
        {
            if (MazeMap.Move(maze, cell, move) is not { } next)
                return $"Move {place + 1}, {move}, does not lead to a free cell.";

            cell = next;
        }

        if (maze[cell] != MazeMap.End)
            return "The moves do not lead to the end.";

        return kind == "shortest" && MazeMap.ShortestWay(maze)!.Length < answer.Length ? "There is a shorter way." : null;
    }
}
