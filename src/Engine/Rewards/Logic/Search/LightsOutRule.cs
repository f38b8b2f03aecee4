using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Data.Tasks.Search;

namespace SeedOrleans.Engine.Rewards.Logic.Search;

/// <summary>Lights to press, none twice, after which all are out.</summary>
internal static class LightsOutRule
{
    /// <param name="puzzle">The lights, <c>010/111/010</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var board = Board.Parse(puzzle);
        HashSet<int> pressed = [];
        foreach (var name in answer.Split('-'))
        {
            if (CellName.TryParse(name) is not var (row, column) || !board.Contains(row, column))
                return $"\"{name}\" is no light.";
            if (!pressed.Add(row * board.Width + column))
                return $"{name} is pressed twice.";
        }

        board = pressed.Aggregate(board, Lights.Press);
        return board.Find('1') < 0 ? null : $"The lights are {board} in the end.";
    }
}
