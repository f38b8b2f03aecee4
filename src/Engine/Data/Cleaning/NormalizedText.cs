using System.Text;

namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>Makes texts that differ only in how they are typeset the same text.</summary>
public static class NormalizedText
{
    /// <returns>In Unicode's compatibility form, lower case, each run of white space one space, none at the ends. Signs stay: 1+2 is not 1−2.</returns>
    public static string Of(string text)
    {
        var normalized = new StringBuilder(text.Length);
        foreach (var rune in Compatible(text).EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune))
                normalized.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (normalized.Length > 0 && normalized[^1] != ' ')
                normalized.Append(' ');
        }

        return normalized.ToString().TrimEnd();
    }

    /// <returns>Lower-case words between white space, without punctuation; what is nothing else is no word.</returns>
    public static string[] Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in Of(text).EnumerateRunes())
        {
            if (!Rune.IsPunctuation(rune))
                plain.Append(rune.ToString());
        }

        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Half a surrogate pair has no compatibility form.</summary>
    private static string Compatible(string text)
    {
        var whole = string.Concat(text.EnumerateRunes());
        return whole.IsNormalized(NormalizationForm.FormKC) ? whole : whole.Normalize(NormalizationForm.FormKC);
    }
}
