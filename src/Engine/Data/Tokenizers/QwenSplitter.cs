using System.Globalization;
using System.Text;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Cuts text into words, numbers, punctuation and white space as Qwen 2 and 3 do, and Llama 3 with longer numbers.</summary>
/// <remarks>The pattern by hand, as .NET's regular expressions see UTF-16 units where the original sees code points.</remarks>
/// <param name="maxDigits">How many digits a piece may hold: 1 for Qwen, 3 for Llama 3.</param>
internal sealed class QwenSplitter(int maxDigits) : ITextSplitter
{
    private const string PatternHead = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}";
    private const string PatternTail = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private enum Kind
    {
        Letter,
        Digit,
        Space,
        NewLine,
        Other,
    }

    /// <returns>Null where <paramref name="pattern"/> is another.</returns>
    public static QwenSplitter? For(string pattern) =>
        pattern switch
        {
            PatternHead + PatternTail => new QwenSplitter(maxDigits: 1),
            PatternHead + "{1,3}" + PatternTail => new QwenSplitter(maxDigits: 3),
            _ => null,
        };

    public void Split(string text, Range range, List<Range> pieces)
    {
        var remaining = text.AsSpan(range);
        var start = range.Start.Value;
        while (remaining.Length > 0)
        {
            var length = FirstPiece(remaining);
            pieces.Add(start..(start + length));
            start += length;
            remaining = remaining[length..];
        }
    }

    /// <summary>The alternatives of the pattern, in its order.</summary>
    private int FirstPiece(ReadOnlySpan<char> text)
    {
        if (Contraction(text) is > 0 and var contraction)
            return contraction;

        var kind = KindAt(text, out var width);

        // [^\r\n\p{L}\p{N}]?\p{L}+
        if (kind == Kind.Letter)
            return Run(text, Kind.Letter);
        if (kind is Kind.Space or Kind.Other && Run(text[width..], Kind.Letter) is > 0 and var letters)
            return width + letters;

        // \p{N}{1,maxDigits}
        if (kind == Kind.Digit)
            return Run(text, Kind.Digit, maxDigits);

        //  ?[^\s\p{L}\p{N}]+[\r\n]*
        var space = text[0] == ' ' ? 1 : 0;
        if (Run(text[space..], Kind.Other) is > 0 and var others)
            return space + others + Run(text[(space + others)..], Kind.NewLine);

        return WhiteSpace(text);
    }

    /// <summary><c>\s*[\r\n]+|\s+(?!\S)|\s+</c>: up to the last line break, else all but the last space before a word.</summary>
    private static int WhiteSpace(ReadOnlySpan<char> text)
    {
        int end = 0, afterLineBreak = 0;
        while (end < text.Length && KindAt(text[end..], out var width) is Kind.Space or Kind.NewLine)
        {
            end += width;
            if (text[end - 1] is '\r' or '\n')
                afterLineBreak = end;
        }

        return afterLineBreak > 0 ? afterLineBreak
            : end < text.Length && end > 1 ? end - 1
            : end;
    }

    /// <returns>Length of the run of one kind that <paramref name="text"/> starts with.</returns>
    private static int Run(ReadOnlySpan<char> text, Kind kind, int most = int.MaxValue)
    {
        var end = 0;
        for (var count = 0; count < most && end < text.Length && KindAt(text[end..], out var width) == kind; count++)
            end += width;

        return end;
    }

    /// <summary><c>(?i:'s|'t|'re|'ve|'m|'ll|'d)</c>; the long s (U+017F) is an s without case.</summary>
    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\'')
            return 0;

        var first = Fold(text[1]);
        if (first is 's' or 't' or 'm' or 'd')
            return 2;

        return text.Length > 2 && (first, Fold(text[2])) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    private static char Fold(char character) => character == '\u017F' ? 's' : char.ToLowerInvariant(character);

    private static Kind KindAt(ReadOnlySpan<char> text, out int width)
    {
        // Text is well formed by now; should it not be, a lone surrogate is one unit of U+FFFD.
        Rune.DecodeFromUtf16(text, out var rune, out width);

        switch (rune.Value)
        {
            case '\r' or '\n':
                return Kind.NewLine;
            case '\t' or '\v' or '\f' or ' ' or 0x85 or 0xA0 or 0x1680 or (>= 0x2000 and <= 0x200A)
                or 0x2028 or 0x2029 or 0x202F or 0x205F or 0x3000:
                return Kind.Space;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            _ => Kind.Other,
        };
    }
}
