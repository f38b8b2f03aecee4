using System.Globalization;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Digits with + - * between them, products first.</summary>
internal static class OperatorRow
{
    public const string Signs = "+-*";

    public static long Evaluate(ReadOnlySpan<int> digits, ReadOnlySpan<char> signs)
    {
        var (sum, product) = (0L, (long)digits[0]);
        for (var i = 0; i < signs.Length; i++)
        {
            if (signs[i] == '*')
                product *= digits[i + 1];
            else
                (sum, product) = (sum + product, signs[i] == '+' ? digits[i + 1] : -digits[i + 1]);
        }

        return sum + product;
    }

    public static string Text(ReadOnlySpan<int> digits, ReadOnlySpan<char> signs)
    {
        var text = $"{digits[0]}";
        for (var i = 0; i < signs.Length; i++)
            text += $"{signs[i]}{digits[i + 1]}";

        return text;
    }

    /// <returns>Products from the left, then sums and differences from the left.</returns>
    public static IEnumerable<string> Steps(int[] digits, char[] signs)
    {
        var (terms, between) = (digits.Select(digit => (long)digit).ToList(), signs.ToList());
        while (between.Count > 0)
        {
            var place = Math.Max(between.IndexOf('*'), 0);
            var (left, sign, right) = (terms[place], between[place], terms[place + 1]);
            var result = sign switch { '+' => left + right, '-' => left - right, _ => left * right };
            yield return string.Create(CultureInfo.InvariantCulture, $"{left}{sign}{right}={result}");

            terms[place] = result;
            terms.RemoveAt(place + 1);
            between.RemoveAt(place);
        }
    }
}
