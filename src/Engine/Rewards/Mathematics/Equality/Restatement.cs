namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Notices an answer that only repeats what the question says: its value is right, and nothing was done.</summary>
/// <remarks>Integers and answers written as the reference is are never restatements: a question may well mention its answer.</remarks>
internal static class Restatement
{
    public const string Rule = "restatement";

    private static readonly (string Written, string Plain)[] Spellings =
    [
        ("\\left", ""), ("\\right", ""), ("\\dfrac", "\\frac"), ("\\tfrac", "\\frac"), ("\\cdot", "*"), ("\\times", "*"), ("{,}", ""), (",\\!", ""), ("\\,", ""), ("\\!", ""),
        ("\\ ", ""), ("$", ""), (" ", ""), ("\n", ""), ("×", "*"), ("·", "*"), ("−", "-"), ("π", "\\pi"),
    ];

    /// <summary>Longer questions are searched in their last part, where they ask.</summary>
    private const int SearchedTail = 8192;

    public static bool Is(string question, string reference, string answer)
    {
        var (said, expected, given) = (Plain(question.Length > SearchedTail ? question[^SearchedTail..] : question), Plain(reference), Plain(answer));
        if (given == expected || given == expected.Replace(",", "", StringComparison.Ordinal) || given.Length < 2 || given.Contains('=')
            || given.Replace(",", "", StringComparison.Ordinal).TrimStart('-').All(char.IsAsciiLetterOrDigit))
            return false;

        for (var place = said.IndexOf(given, StringComparison.Ordinal); place >= 0; place = said.IndexOf(given, place + 1, StringComparison.Ordinal))
        {
            var end = place + given.Length;
            if (!(char.IsAsciiDigit(given[0]) && place > 0 && (char.IsAsciiDigit(said[place - 1]) || said[place - 1] == '.'))
                && !(char.IsAsciiDigit(given[^1]) && StartsWithDigits(said.AsSpan(end))))
                return true;
        }

        return false;
    }

    /// <summary>Whether a number goes on here; a full stop alone ends a sentence.</summary>
    private static bool StartsWithDigits(ReadOnlySpan<char> rest) => rest is [>= '0' and <= '9', ..] or ['.', >= '0' and <= '9', ..];

    private static string Plain(string text)
    {
        foreach (var (written, plain) in Spellings)
            text = text.Replace(written, plain, StringComparison.Ordinal);

        return text;
    }
}
