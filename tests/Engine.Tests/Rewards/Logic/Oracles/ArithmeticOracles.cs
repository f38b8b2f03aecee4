using System.Data;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

internal static class ArithmeticOracles
{
    private const string Figures = "0123456789abcdef";

    public static IReadOnlyDictionary<string, Func<string, string, bool>> All { get; } = new Dictionary<string, Func<string, string, bool>>
    {
        ["addition"] = (q, a) => IsNumber(a, q.Split('+').Aggregate(BigInteger.Zero, (sum, part) => sum + Number(part))),
        ["multiplication"] = (q, a) => IsNumber(a, q.Split('*').Aggregate(BigInteger.One, (product, part) => product * Number(part))),
        ["modular"] = Modular,
        ["linear-equation"] = (q, a) =>
        {
            var parts = q.Replace(",x", "", StringComparison.Ordinal).Split('x', '=');
            return Regex.IsMatch(a, @"^[-+]?[0-9]+$") && Number(parts[0]) * Number(a) + Number(parts[1]) == Number(parts[2]);
        },
        ["countdown"] = (q, a) => Reaches(q.Split('>'), a, (given, used) =>
            used.All(number => used.Count(number.Equals) <= given.Count(number.Equals))),
        ["make-24"] = (q, a) => Reaches([TaskOracles.AfterWord(q), "24"], a, (given, used) => given.Order().SequenceEqual(used.Order())),
        ["missing-operators"] = (q, a) =>
            Regex.IsMatch(a, "^" + q.Split('>')[0].Replace("?", "[-+*]", StringComparison.Ordinal) + "$")
            && Value(a) == double.Parse(q.Split('>')[1], CultureInfo.InvariantCulture),
        ["cryptarithm"] = Cryptarithm,
        ["factorization"] = (q, a) =>
            Regex.IsMatch(a, @"^[1-9][0-9]*(\*[1-9][0-9]*)*$")
            && a.Split('*').Select(Number).ToList() is var factors
            && factors.Aggregate(BigInteger.One, (x, y) => x * y) == Number(TaskOracles.AfterWord(q))
            && factors.All(factor => factor > 1 && Enumerable.Range(2, 1000).All(divisor => divisor >= factor || factor % divisor != 0)),
        ["base-conversion"] = (q, a) =>
        {
            // "base2:1011>base3"
            var parts = q.Split(':', '>');
            return (a == "0" || a[0] != '0') && In(int.Parse(parts[2][4..], CultureInfo.InvariantCulture), a) is { } value
                && value == In(int.Parse(parts[0][4..], CultureInfo.InvariantCulture), parts[1]);
        },
    };

    private static bool Modular(string q, string a)
    {
        // "(47+38)%7"
        var parts = Regex.Match(q, @"^\((\d+)([-+*])(\d+)\)%(\d)$").Groups;
        var (left, right, modulus) = (Number(parts[1].Value), Number(parts[3].Value), Number(parts[4].Value));
        var value = parts[2].Value switch { "+" => left + right, "-" => left - right, _ => left * right };
        return Enumerable.Range(0, (int)modulus).Single(rest => (value - rest) % modulus == 0) is var answer && IsNumber(a, answer);
    }

    private static bool Cryptarithm(string q, string a)
    {
        if (!Regex.IsMatch(a, "^" + Regex.Replace(Regex.Escape(q), "[a-z]", "[0-9]") + "$"))
            return false;

        var pairs = q.Zip(a).Where(pair => char.IsAsciiLetter(pair.First)).Distinct().ToList();
        var numbers = a.Split('+', '>');
        return pairs.DistinctBy(pair => pair.First).Count() == pairs.Count
            && pairs.DistinctBy(pair => pair.Second).Count() == pairs.Count
            && !numbers.Any(number => number.Length > 1 && number.StartsWith('0'))
            && Number(numbers[0]) + Number(numbers[1]) == Number(numbers[2]);
    }

    private static bool Reaches(string[] puzzle, string a, Func<List<string>, List<string>, bool> areAllowed) =>
        Regex.IsMatch(a, @"^[-+*/()0-9]+$")
        && !Regex.IsMatch(a, @"(^|[-+*/(])[-+*/]|[0-9]\(|\)[0-9(]|\(\)")
        && areAllowed([.. puzzle[0].Split(',')], [.. Regex.Matches(a, "[0-9]+").Select(match => match.Value.TrimStart('0'))])
        && Value(a) is { } value
        && Math.Abs(value - double.Parse(puzzle[1], CultureInfo.InvariantCulture)) < 1e-9;

    /// <returns>Null where it is no expression, or divides by zero.</returns>
    private static double? Value(string expression)
    {
        try
        {
            using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
            var value = Convert.ToDouble(table.Compute(Regex.Replace(expression, "[0-9]+", "$0.0"), ""), CultureInfo.InvariantCulture);
            return double.IsFinite(value) ? value : null;
        }
        catch (Exception refused) when (refused is InvalidExpressionException or DivideByZeroException)
        {
            return null;
        }
    }

    private static BigInteger? In(int numberBase, string digits) => digits.All(Figures[..numberBase].Contains)
        ? digits.Aggregate(BigInteger.Zero, (value, digit) => value * numberBase + Figures.IndexOf(digit))
        : null;

    private static bool IsNumber(string text, BigInteger value) => Regex.IsMatch(text, @"^[-+]?[0-9]+$") && Number(text) == value;

    private static BigInteger Number(string text) => BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
