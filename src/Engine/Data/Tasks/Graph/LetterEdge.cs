using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Graph;

/// <summary>An edge between nodes a, b, c, … counted from 0: <c>ab</c>, or <c>ab7</c> with its length.</summary>
/// <param name="Length">Null where lengths do not matter; each edge counts 1 then.</param>
internal sealed record LetterEdge(int From, int To, int? Length = null)
{
    private const int MaxDigits = 4;

    /// <exception cref="FormatException">The text is no edge.</exception>
    public static LetterEdge Parse(string text)
    {
        if (text.Length is < 2 or > 2 + MaxDigits || !text[..2].All(char.IsAsciiLetterLower) || text[0] == text[1])
            throw new FormatException($"\"{text}\" is no edge such as ab or ab7.");

        int? length = text.Length == 2 ? null : int.Parse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);
        return new LetterEdge(text[0] - 'a', text[1] - 'a', length);
    }

    public override string ToString() => $"{Symbols.Letters[From]}{Symbols.Letters[To]}{Length}";
}
