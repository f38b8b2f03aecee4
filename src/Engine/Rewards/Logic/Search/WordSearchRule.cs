using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Search;

/// <summary>Two cells with the word on the straight line between them.</summary>
internal static class WordSearchRule
{
    /// <param name="puzzle">Word and letters, <c>cow:xcq/toa/rwe</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split(':') is not [{ Length: > 1 } word, var rows])
            throw new FormatException("A puzzle looks like cow:xcq/toa/rwe.");

        var square = Board.Parse(rows);
        if (answer.Split('-') is not [var first, var last]
            || CellName.TryParse(first) is not { } start
            || CellName.TryParse(last) is not { } end)
            return "The answer is not two cells such as b1-b3.";
        if (!square.Contains(start.Row, start.Column) || !square.Contains(end.Row, end.Column))
            return "A cell is not on the board.";

        var (down, right) = (end.Row - start.Row, end.Column - start.Column);
        if (Math.Max(Math.Abs(down), Math.Abs(right)) != word.Length - 1 || (down != 0 && right != 0 && Math.Abs(down) != Math.Abs(right)))
            return "The cells are not the ends of a straight line as long as the word.";

        var found = string.Concat(Enumerable.Range(0, word.Length)
            .Select(place => square[start.Row + place * Math.Sign(down), start.Column + place * Math.Sign(right)]));
        return found == word ? null : $"On this line stands {found}.";
    }
}
