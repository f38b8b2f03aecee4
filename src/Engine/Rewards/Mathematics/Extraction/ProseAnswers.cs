using System.Text.RegularExpressions;
using SeedOrleans.Engine.Rewards.Mathematics.Notation;

namespace SeedOrleans.Engine.Rewards.Mathematics.Extraction;

/// <summary>Finds the last thing in prose that can be an answer: bold notation, a formula, a number, the letter of a choice.</summary>
internal static partial class ProseAnswers
{
    /// <summary>Prose is searched so far back.</summary>
    private const int SearchedTail = 2048;

    private static readonly (string Open, string Close)[] Formulas = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")];

    /// <returns>The last bold words that are notation; null where there are none.</returns>
    public static string? Bold(string text)
    {
        var tail = Tail(text);
        var close = tail.LastIndexOf("**", StringComparison.Ordinal);
        var open = close <= 0 ? -1 : tail.LastIndexOf("**", close - 1, StringComparison.Ordinal);
        if (open < 0 || close - open <= 2)
            return null;

        var bold = Decoration.Strip(tail[(open + 2)..close]);
        return bold.Length > 0 && AnswerParser.Parse(bold, joinsCommas: true) is { Operator: not Expressions.Operator.Words } ? bold : null;
    }

    /// <returns>The last formula or number, whichever ends later; null where there is none near the end.</returns>
    public static string? LastExpression(string text)
    {
        var tail = Tail(text);
        var (formula, formulaEnd) = LastFormula(tail);
        var (number, numberEnd) = (default(string), -1);
        foreach (var match in AnyNumber().EnumerateMatches(tail))
            (number, numberEnd) = (tail.Substring(match.Index, match.Length), match.Index + match.Length);

        return formulaEnd >= numberEnd ? formula : number;
    }

    /// <returns>The last letter of a choice, in brackets or at the end; null where there is none.</returns>
    public static string? LastLetter(string text)
    {
        var tail = Tail(text);
        string? letter = null;
        foreach (var match in AnyLetter().EnumerateMatches(tail))
            letter = tail.Substring(match.Index, match.Length);

        return letter;
    }

    private static string Tail(string text) => text.Length > SearchedTail ? text[^SearchedTail..] : text;

    private static (string? Formula, int End) LastFormula(string text)
    {
        var (formula, end) = (default(string), -1);
        foreach (var (open, close) in Formulas)
        {
            var closing = text.LastIndexOf(close, StringComparison.Ordinal);
            var opening = closing <= 0 ? -1 : text.LastIndexOf(open, closing - 1, StringComparison.Ordinal);
            if (opening < 0 || closing <= end || closing - opening <= open.Length)
                continue;

            (formula, end) = (text[(opening + open.Length)..closing], closing);
        }

        return (formula, end);
    }

    /// <summary>A sign counts only where no digit or bracket stands before it: the last number of 10-3 is 3.</summary>
    [GeneratedRegex(
        @"(?:(?<![0-9)])[-−])?\$?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+|(?<![0-9])\.(?=[0-9]))(?:\.[0-9]+|(?<=\.)[0-9]+)?(?:/[0-9]+)?(?:\s?%)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex AnyNumber();

    [GeneratedRegex(@"\([A-J]\)|\b(?i:option|choice)\s+[A-J]\b|\b[B-HJ](?=[\s.*]*\z)", RegexOptions.CultureInvariant)]
    private static partial Regex AnyLetter();
}
