using SeedOrleans.Engine.Rewards.Mathematics.Notation;

namespace SeedOrleans.Engine.Rewards.Mathematics.Extraction;

/// <summary>Finds the rightmost box; boxes with nothing but a separator between them are one answer of several parts.</summary>
/// <remarks>So \boxed{2} or \boxed{3} is the list "2, 3", and equals neither 2 nor 3: listing candidates does not pay.</remarks>
internal static class BoxedAnswers
{
    /// <summary>Boxes that are looked at, from the right: a hostile text may have thousands that never close.</summary>
    private const int MaxBoxes = 16;

    private static readonly string[] Commands = ["\\boxed", "\\fbox"];

    private static readonly string[] Separators =
        [",", ";", "$", "\\(", "\\)", "and", "or", "\\text{and}", "\\text{or}", "\\text{ and }", "\\text{ or }", "\\quad", "\\qquad", "&", " ", "\n", "\r"];

    /// <returns>Null where there is no box that closes.</returns>
    public static string? Find(ReadOnlySpan<char> text)
    {
        var (answer, end, next) = ((string?)null, text.Length, text.Length);
        for (var i = 0; i < MaxBoxes && LastBox(text[..end]) is >= 0 and var start; i++, end = start)
        {
            if (Content(text, start) is not (var content, var close))
                continue;
            if (answer is not null && (close > next || !IsSeparator(text[close..next])))
                break;

            answer = answer is null ? content : $"{content}{(text[close..next].IndexOf("or") < 0 ? "," : " or")} {answer}";
            next = start;
        }

        return answer;
    }

    private static int LastBox(ReadOnlySpan<char> text)
    {
        var last = -1;
        foreach (var command in Commands)
            last = Math.Max(last, text.LastIndexOf(command));

        return last;
    }

    /// <returns>What the box at a place holds, and where it ends; null where it never closes.</returns>
    private static (string Content, int End)? Content(ReadOnlySpan<char> text, int start)
    {
        var open = start + (text[start..].StartsWith(Commands[0]) ? Commands[0] : Commands[1]).Length;
        while (open < text.Length && text[open] == ' ')
            open++;

        if (open < text.Length && text[open] != '{')
            return char.IsAsciiLetterOrDigit(text[open]) ? (text[open].ToString(), open + 1) : null;

        var close = open == text.Length ? -1 : BraceScan.Close(text, open);
        return close < 0 ? null : (text[(open + 1)..close].ToString(), close + 1);
    }

    private static bool IsSeparator(ReadOnlySpan<char> between)
    {
        while (between.Length > 0)
        {
            var separator = StartOf(between);
            if (separator is null)
                return false;

            between = between[separator.Length..];
        }

        return true;
    }

    private static string? StartOf(ReadOnlySpan<char> text)
    {
        foreach (var separator in Separators)
        {
            if (text.StartsWith(separator))
                return separator;
        }

        return null;
    }
}
