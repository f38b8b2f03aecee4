using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Grid;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Grid;

/// <summary>The places of the marks in each line add up to its sum.</summary>
internal static class KakurasuRule
{
    /// <param name="puzzle">Sums of rows and columns, <c>3,3,4/3,5,1</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split('/') is not [var rows, var columns])
            throw new FormatException("A puzzle looks like 3,3,4/3,5,1.");

        int[] rowSums = Sums(rows), columnSums = Sums(columns);
        var board = Board.TryParse(answer);
        if (FilledBoard.FindBrokenShape(board, rowSums.Length, columnSums.Length, "01") is { } broken)
            return broken;

        var found = KakurasuSums.Of(board!);
        return FindDifference("Row", found.Rows, rowSums) ?? FindDifference("Column", found.Columns, columnSums);
    }

    private static int[] Sums(string text) =>
        [.. text.Split(',').Select(sum => int.Parse(sum, NumberStyles.None, CultureInfo.InvariantCulture))];

    private static string? FindDifference(string kind, int[] found, int[] expected)
    {
        for (var line = 0; line < found.Length; line++)
        {
            if (found[line] != expected[line])
                return $"{kind} {line + 1} adds up to {found[line]}, not {expected[line]}.";
        }

        return null;
    }
}
