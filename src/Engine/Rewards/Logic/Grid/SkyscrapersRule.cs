using SeedOrleans.Engine.Data.Tasks.Grid;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Grid;

/// <summary>Every height once in each row and column, and as many towers seen from each side as is said.</summary>
internal static class SkyscrapersRule
{
    private static readonly string[] Sides = ["above", "below", "the left", "the right"];

    /// <param name="puzzle">The given cells, then what is seen from above, below, left and right: <c>.../..2/...:213,122,221,213</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split(':') is not [var cells, var views])
            throw new FormatException("A puzzle looks like .../..2/...:213,122,221,213.");

        var given = FilledBoard.ParseSquare(cells);
        var counts = Board.Parse(views.Replace(',', '/'));
        if ((counts.Height, counts.Width) != (Sides.Length, given.Width))
            throw new FormatException("There is a number for each line and side.");

        var filled = Board.TryParse(answer);
        return FilledBoard.FindBroken(given, filled, "123456789"[..given.Width])
            ?? FilledBoard.FindRepeat(filled!)
            ?? FindBrokenView(counts, filled!);
    }

    private static string? FindBrokenView(Board counts, Board filled)
    {
        foreach (var (view, heights) in SkyscraperView.Lines(filled).Index())
        {
            if (counts[view] != '0' && SkyscraperView.Count(heights) != counts[view] - '0')
                return $"From {Sides[view / counts.Width]} not {counts[view]} towers are seen in line {view % counts.Width + 1}.";
        }

        return null;
    }
}
