using System.Globalization;
using System.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads one number: separators of thousands, decimals, repeating decimals, 1e5, and digits with a base below them.</summary>
/// <param name="text">All of an answer.</param>
/// <param name="joinsCommas">Whether 1,234 is one number; 1{,}234 and 1,\!234 always are.</param>
/// <param name="readsExponents">Whether 2e3 is 2000.</param>
internal readonly ref struct NumberScanner(ReadOnlySpan<char> text, bool joinsCommas, bool readsExponents)
{
    private const int MaxDigits = 1000, MaxExponent = 400;

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Separators of groups of three digits, the longest first.</summary>
    private static readonly string[] Separators = [",\\!", "{,}", "\\,", ","];

    /// <summary>Repeating digits stand after one of these, in braces.</summary>
    private static readonly string[] Overlines = ["\\overline{", "\\bar{", "\\dot{"];

    /// <param name="position">Of the first digit or point; moves behind the number.</param>
    /// <returns>Null where there are too many digits.</returns>
    public Token? Read(ref int position, bool afterSpace)
    {
        var start = position;
        if (BasedDigits.Read(_text, ref position, afterSpace) is { } based)
            return based;

        var (whole, grouped) = ReadWhole(ref position);
        var decimals = "";
        if (position < _text.Length && _text[position] == '.' && (IsDigit(position + 1) || OverlineAt(position + 1) > 0))
        {
            position++;
            decimals = Digits(ref position);
        }

        if (whole.Length + decimals.Length > MaxDigits)
            return null;

        var scale = BigInteger.Pow(10, decimals.Length);
        var value = ExactNumber.Of(Integer(whole + decimals), scale);
        if (OverlineAt(position) is > 0 and var length && _text[start..position].Contains('.'))
        {
            position += length;
            var repeating = Digits(ref position);
            if (repeating.Length is 0 or > MaxDigits || position >= _text.Length || _text[position++] != '}')
                return null;

            value += ExactNumber.Of(Integer(repeating), scale * (BigInteger.Pow(10, repeating.Length) - 1));
        }

        if (readsExponents && ReadExponent(ref position) is { } exponent)
            value = exponent < 0 ? value / BigInteger.Pow(10, -exponent) : value * BigInteger.Pow(10, exponent);

        return new Token(TokenKind.Number, grouped ? "grouped" : _text[start..position].ToString(), afterSpace, value);
    }

    private (string Digits, bool Grouped) ReadWhole(ref int position)
    {
        var digits = Digits(ref position);
        var grouped = false;
        while (digits.Length is > 0 and <= MaxDigits && (grouped || (digits.Length <= 3 && digits[0] != '0')) && GroupAt(position) is > 0 and var length)
        {
            grouped = true;
            digits += _text.Slice(position + length - 3, 3).ToString();
            position += length;
        }

        return (digits, grouped);
    }

    /// <returns>How long a separator with three digits is; 0 where there is none.</returns>
    private int GroupAt(int position)
    {
        foreach (var separator in Separators)
        {
            if (position >= _text.Length || !_text[position..].StartsWith(separator) || (separator == "," && !joinsCommas))
                continue;

            var digits = position + separator.Length;
            while (separator == ",\\!" && digits < _text.Length && _text[digits] == ' ')
                digits++;

            if (IsDigit(digits) && IsDigit(digits + 1) && IsDigit(digits + 2) && !IsDigit(digits + 3))
                return digits + 3 - position;
        }

        return 0;
    }

    private int OverlineAt(int position)
    {
        foreach (var overline in Overlines)
        {
            if (position < _text.Length && _text[position..].StartsWith(overline))
                return overline.Length;
        }

        return 0;
    }

    private int? ReadExponent(ref int position)
    {
        var digit = position + 1;
        if (position >= _text.Length || _text[position] is not ('e' or 'E'))
            return null;

        if (digit < _text.Length && _text[digit] is '+' or '-')
            digit++;

        var end = digit;
        var digits = Digits(ref end);
        if (digits.Length is 0 or > 3 || int.Parse(digits, CultureInfo.InvariantCulture) is > MaxExponent || (end < _text.Length && char.IsAsciiLetter(_text[end])))
            return null;

        var sign = _text[position + 1] == '-' ? -1 : 1;
        position = end;
        return sign * int.Parse(digits, CultureInfo.InvariantCulture);
    }

    private string Digits(ref int position)
    {
        var start = position;
        while (IsDigit(position))
            position++;

        return _text[start..position].ToString();
    }

    private bool IsDigit(int position) => position < _text.Length && char.IsAsciiDigit(_text[position]);

    private static BigInteger Integer(string digits) => digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
}
