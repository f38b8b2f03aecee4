namespace SeedOrleans.Engine.Rewards.Logic.Cryptic;

/// <summary>Words of the list, none twice, with exactly the given letters.</summary>
internal static class AnagramRule
{
    /// <param name="puzzle">Letters and list, <c>wco:cat,cow,owl,dog</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split(':') is not [var letters, var list])
            throw new FormatException("A puzzle looks like wco:cat,cow,owl.");

        var (known, words) = (list.Split(','), answer.Split('-'));
        if (words.FirstOrDefault(word => !known.Contains(word)) is { } stranger)
            return $"\"{stranger}\" is not in the list.";
        if (words.Distinct().Count() < words.Length)
            return "A word is there twice.";

        return string.Concat(string.Concat(words).Order()) == string.Concat(letters.Order())
            ? null
            : "The words do not have exactly the given letters.";
    }
}
