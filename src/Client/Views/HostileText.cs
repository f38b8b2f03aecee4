using System.Globalization;
using System.Text;

namespace SeedOrleans.Client.Views;

/// <summary>Makes text that a model or a stranger wrote safe to print on a terminal.</summary>
internal static class HostileText
{
    /// <summary>
    /// Shows line breaks as ⏎ and drops every other control, format and surrogate character: no escape sequence, cursor
    /// move or change of writing direction survives.
    /// </summary>
    /// <param name="maxLength">In characters, the closing … included.</param>
    public static string OneLine(string text, int maxLength)
    {
        var safe = new StringBuilder(Math.Min(text.Length, maxLength) + 2);
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length >= maxLength)
                return safe.ToString(0, maxLength - 1) + "…";

            if (rune.Value == '\n')
                safe.Append('⏎');
            else if (rune.Value == '\t')
                safe.Append(' ');
            else if (IsHarmless(rune))
                safe.Append(rune.ToString());
        }

        return safe.ToString();
    }

    /// <summary>Keeps lines, tabs and every script's marks; what a terminal might obey is spelled out, as <c>\u{1b}</c>.</summary>
    public static string Escaped(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || IsHarmless(rune) || IsMark(rune))
                safe.Append(rune.ToString());
            else
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return safe.ToString();
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);
}
