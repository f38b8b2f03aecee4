using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Grid;

/// <summary>As many 0 as 1 in each line, and never three equal digits side by side.</summary>
internal static class BinaryPuzzleRule
{
    /// <param name="puzzle">The given cells, <c>1..0/..1./.0../0..1</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var given = Board.Parse(puzzle);
        var filled = Board.TryParse(answer);
        if (FilledBoard.FindBroken(given, filled, "01") is { } broken)
            return broken;

        foreach (var line in filled!.Lines())
        {
            if (line.Count(digit => digit == '0') * 2 != line.Length)
                return $"A row or column is {line}, with unequal numbers of 0 and 1.";
            if (line.Contains("000", StringComparison.Ordinal) || line.Contains("111", StringComparison.Ordinal))
                return $"A row or column is {line}, with three equal digits side by side.";
        }

        return null;
    }
}
