using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Rewards;

/// <summary>A fraction of whole numbers in lowest terms, so that equal numbers are equal however they are written.</summary>
/// <param name="Denominator">Positive.</param>
internal readonly partial record struct ExactNumber(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>Longer spellings are no numbers here: arithmetic on them would take time that a verifier does not have.</summary>
    private const int MaxLength = 400;

    /// <summary>Prose is searched for its last number this far back.</summary>
    private const int SearchedTail = 4096;

    /// <summary>Reads <c>-12</c>, <c>1,234</c>, <c>1.50</c>, <c>3/2</c>.</summary>
    /// <remarks>A fraction must be in lowest terms: 15/3 restates a question that asks for it.</remarks>
    public static ExactNumber? Parse(string text)
    {
        if (text.Length > MaxLength || WholeNumberPattern().Match(text) is not { Success: true } match)
            return null;

        var whole = match.Groups["whole"].Value.Replace(",", "", StringComparison.Ordinal);
        var decimals = match.Groups["decimals"].Value;
        var numerator = Integer(whole + decimals) * (match.Groups["sign"].Value == "-" ? -1 : 1);

        if (!match.Groups["denominator"].Success)
            return Of(numerator, BigInteger.Pow(10, decimals.Length));

        var denominator = Integer(match.Groups["denominator"].Value);
        return denominator > 1 && BigInteger.GreatestCommonDivisor(numerator, denominator).IsOne
            ? new ExactNumber(numerator, denominator)
            : null;
    }

    /// <returns>The last number in prose; null where there is none near the end.</returns>
    public static string? FindLast(string text)
    {
        var tail = text.Length > SearchedTail ? text[^SearchedTail..] : text;
        string? last = null;
        foreach (var match in AnyNumberPattern().EnumerateMatches(tail))
            last = tail.Substring(match.Index, match.Length);

        return last;
    }

    /// <summary>The quotient, brought to lowest terms.</summary>
    public static ExactNumber Of(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        return new ExactNumber(numerator / divisor, denominator / divisor);
    }

    private static BigInteger Integer(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<sign>[-+]?)(?<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?<decimals>[0-9]+)|/(?<denominator>[0-9]+))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumberPattern();

    /// <summary>A sign counts only where no digit or bracket stands before it: the last number of 10-3 is 3.</summary>
    [GeneratedRegex(
        @"(?:(?<![0-9)])-)?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+|/[0-9]+)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex AnyNumberPattern();
}
