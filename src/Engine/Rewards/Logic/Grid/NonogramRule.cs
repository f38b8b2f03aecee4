using SeedOrleans.Engine.Data.Tasks.Grid;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Grid;

/// <summary>Each line has the runs of painted cells that are said.</summary>
internal static class NonogramRule
{
    /// <param name="puzzle">Runs of rows and columns, <c>2,1,1.1/2,2,1</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split('/') is not [var rows, var columns])
            throw new FormatException("A puzzle looks like 2,1,1.1/2,2,1.");

        string[] expected = [.. rows.Split(','), .. columns.Split(',')];
        var (height, width) = (rows.Split(',').Length, columns.Split(',').Length);
        var board = Board.TryParse(answer);
        if (FilledBoard.FindBrokenShape(board, height, width, "01") is { } broken)
            return broken;

        foreach (var (place, line) in board!.Lines().Index())
        {
            var name = place < height ? $"Row {place + 1}" : $"Column {place - height + 1}";
            if (NonogramRuns.Of(line) != expected[place])
                return $"{name} has runs of {NonogramRuns.Of(line)}, not {expected[place]}.";
        }

        return null;
    }
}
