using SeedOrleans.Engine.Rewards.Mathematics.Notation;

namespace SeedOrleans.Engine.Rewards.Mathematics.Extraction;

/// <summary>Takes off what stands around an answer and says nothing: white space, bold, dollars, full stops, a box.</summary>
internal static class Decoration
{
    /// <summary>Nested more deeply than this it is left as it is.</summary>
    private const int MaxLayers = 8;

    private const string Bold = "**", Stops = ".,;:。";

    private static readonly (string Open, string Close)[] Pairs =
        [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"), ("**", "**"), ("__", "__"), ("`", "`"), ("\\boxed{", "}"), ("\\fbox{", "}")];

    public static string Strip(string answer)
    {
        var text = answer.AsSpan();
        for (var layer = 0; layer < MaxLayers; layer++)
        {
            var inner = Layer(Edges(text));
            if (inner.Length == text.Length)
                break;

            text = inner;
        }

        return text.ToString();
    }

    /// <summary>White space, and stops that end a sentence and no number.</summary>
    private static ReadOnlySpan<char> Edges(ReadOnlySpan<char> text)
    {
        text = text.Trim().TrimStart(",;:").Trim();
        while (text.Length > 0 && (Stops.Contains(text[^1]) || text.EndsWith("\\\\")) && !(text.Length > 1 && text[^2] == '\\' && text[^1] != '\\'))
            text = text[..^(text[^1] == '\\' ? 2 : 1)].TrimEnd();

        // Half of a pair, where the other half went with the words before the answer.
        if (text.EndsWith(Bold) && Count(text, Bold) % 2 == 1)
            return Edges(text[..^Bold.Length]);

        return text;
    }

    private static ReadOnlySpan<char> Layer(ReadOnlySpan<char> text)
    {
        foreach (var (open, close) in Pairs)
        {
            if (text.Length >= open.Length + close.Length && text.StartsWith(open) && text.EndsWith(close) && IsOnePair(text, open, close))
                return text[open.Length..^close.Length];
        }

        return text;
    }

    private static int Count(ReadOnlySpan<char> text, ReadOnlySpan<char> part)
    {
        var count = 0;
        for (var place = text.IndexOf(part); place >= 0; place = text.IndexOf(part))
        {
            text = text[(place + part.Length)..];
            count++;
        }

        return count;
    }

    /// <summary>In $1$ or $2$ the outer dollars are no pair, nor are braces of two boxes.</summary>
    private static bool IsOnePair(ReadOnlySpan<char> text, string open, string close)
    {
        var inner = text[open.Length..^close.Length];
        if (close != "}")
            return !inner.EndsWith('\\') && Count(inner, close) == (close == "$" ? Count(inner, "\\$") : 0);

        return BraceScan.Close(text, open.Length - 1) == text.Length - 1;
    }
}
