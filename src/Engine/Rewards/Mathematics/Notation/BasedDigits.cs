using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads digits whose base stands below them: 52_8, 1A_{16}, 101_{\text{two}}.</summary>
internal static class BasedDigits
{
    private const int MaxDigits = 1000, MaxBase = 36;

    /// <param name="position">Of a digit or a capital letter; moves behind the base.</param>
    /// <returns>Null where no base follows.</returns>
    public static Token? Read(ReadOnlySpan<char> text, ref int position, bool afterSpace)
    {
        var end = position;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is >= 'A' and <= 'F'))
            end++;

        if (end == position || end - position > MaxDigits || end + 1 >= text.Length || text[end] != '_')
            return null;

        var (digits, after) = (text[position..end].TrimStart('0').ToString(), end + 1);
        if (Base(text, ref after) is not (>= 2 and <= MaxBase and var radix))
            return null;

        position = after;
        return new Token(TokenKind.BaseNumber, digits.Length > 0 ? digits : "0", afterSpace, radix);
    }

    private static int? Base(ReadOnlySpan<char> text, ref int position)
    {
        var start = position;
        if (text[position] != '{')
        {
            while (position < text.Length && char.IsAsciiDigit(text[position]))
                position++;

            return Number(text[start..position]);
        }

        var close = BraceScan.Close(text, position);
        if (close < 0)
            return null;

        var word = text[(start + 1)..close];
        word = word.StartsWith("\\text") ? word[(word.IndexOf('{') + 1)..].TrimEnd('}').Trim() : word.Trim();
        position = close + 1;
        return Number(word) ?? (Vocabulary.BaseWords.TryGetValue(word.ToString(), out var named) ? named : null);
    }

    private static int? Number(ReadOnlySpan<char> digits) =>
        digits.Length <= 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
