namespace SeedOrleans.Engine.Rewards;

/// <summary>Finds where a response says its final answer.</summary>
internal static class FinalAnswer
{
    private const string ThinkStart = "<think>", ThinkEnd = "</think>";
    private const string Marker = "answer:", Box = "\\boxed{";

    /// <returns>What follows the last closed thought, up to a thought that never closes.</returns>
    public static string AfterThinking(string response)
    {
        var end = response.LastIndexOf(ThinkEnd, StringComparison.Ordinal);
        var spoken = end < 0 ? response : response[(end + ThinkEnd.Length)..];
        var start = spoken.IndexOf(ThinkStart, StringComparison.Ordinal);
        return start < 0 ? spoken : spoken[..start];
    }

    /// <returns>What follows the last semicolon, trimmed; the whole text where there is none.</returns>
    public static string AfterSemicolon(string text) => text[(text.LastIndexOf(';') + 1)..].Trim();

    /// <returns>
    /// The line after the last "Answer:" (in any case), else what the last <c>\boxed{}</c> holds, else what follows the last
    /// semicolon; null where a text marks no answer.
    /// </returns>
    public static string? Marked(string text)
    {
        var marker = text.LastIndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        if (marker >= 0)
        {
            var line = FirstLine(text.AsSpan(marker + Marker.Length).TrimStart());
            return Boxed(line) ?? line;
        }

        return Boxed(text) ?? (text.Contains(';') ? AfterSemicolon(text) : null);
    }

    private static string FirstLine(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        return (end < 0 ? text : text[..end]).Trim().ToString();
    }

    /// <returns>What the last box holds up to its own closing brace; null where there is no box or it never closes.</returns>
    private static string? Boxed(string text)
    {
        var start = text.LastIndexOf(Box, StringComparison.Ordinal);
        if (start < 0)
            return null;

        start += Box.Length;
        var depth = 1;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return text[start..i].Trim();
        }

        return null;
    }
}
