using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Data.Tasks.Search;

namespace SeedOrleans.Engine.Rewards.Logic.Search;

/// <summary>A knight's moves from start to goal, as few as can be.</summary>
internal static class KnightPathRule
{
    /// <param name="puzzle">Side, start and goal, <c>5:a1&gt;e4</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var board = KnightBoard.Parse(puzzle);
        List<(int Row, int Column)> way = [];
        foreach (var name in answer.Split('-'))
        {
            if (CellName.TryParse(name) is not { } cell || !board.Contains(cell))
                return $"\"{name}\" is no cell of the board.";
            if (way.Count > 0 && !KnightBoard.IsMove(way[^1], cell))
                return $"A knight cannot move to {name} from the cell before.";

            way.Add(cell);
        }

        if (way[0] != board.Start || way[^1] != board.Goal)
            return "The way does not lead from the start to the goal.";

        return board.ShortestWay() is { } shortest && way.Count > shortest.Count ? "There is a way with fewer moves." : null;
    }
}
