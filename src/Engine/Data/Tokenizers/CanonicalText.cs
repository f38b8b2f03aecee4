using System.Text;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Brings text into the form that a tokenizer expects, whatever the text holds.</summary>
internal static class CanonicalText
{
    /// <returns>Well-formed UTF-16: lone surrogates are U+FFFD.</returns>
    public static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;

        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            mended.Append(rune);

        return mended.ToString();
    }

    /// <returns>Unicode's composed form (NFC).</returns>
    public static string Composed(string text)
    {
        // Nothing below U+0300 composes with what stands before it.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF'))
            return text;

        // string.Normalize refuses U+FFFE; it neither composes nor reorders, so the runs between stand alone.
        return string.Join('\uFFFE', text.Split('\uFFFE').Select(run => run.Normalize(NormalizationForm.FormC)));
    }
}
