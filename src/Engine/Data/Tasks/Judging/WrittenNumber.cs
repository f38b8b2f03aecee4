using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Judging;

/// <summary>A whole number as a formula.</summary>
/// <param name="Steps">From the formula to its value, joined by equals signs: <c>4*9+2=36+2=38</c>.</param>
internal sealed record WrittenNumber(string Text, string Steps, int Value)
{
    private const int LargestFactor = 9;

    /// <param name="value">At least 1.</param>
    /// <param name="term">The most that is added to or taken from the formula at its end; 0 leaves it as it is.</param>
    /// <returns>Null where the number cannot be written in that form.</returns>
    public static WrittenNumber? TryWrite(NumberForm form, int value, int term, RandomSequence random)
    {
        if (form == NumberForm.Plain)
            return new WrittenNumber(Digits(value), Digits(value), value);

        if (term == 0)
            return Formula(form, value, random) is { } formula ? new WrittenNumber(formula, $"{formula}={value}", value) : null;

        var change = random.Next(1, term) * (random.Coin() ? 1 : -1);
        var first = value - change;
        if (first < 1 || Formula(form, first, random) is not { } begin)
            return null;

        var end = string.Create(CultureInfo.InvariantCulture, $"{(change > 0 ? '+' : '-')}{Math.Abs(change)}");
        return new WrittenNumber(begin + end, $"{begin}{end}={first}{end}={value}", value);
    }

    private static string? Formula(NumberForm form, int value, RandomSequence random)
    {
        switch (form)
        {
            case NumberForm.Sum when value > 1:
                var part = random.Next(1, value - 1);
                return $"{part}+{value - part}";

            case NumberForm.Difference:
                var taken = random.Next(1, Math.Max(value, LargestFactor));
                return $"{value + taken}-{taken}";

            case NumberForm.Product:
                int[] factors = [.. Enumerable.Range(2, LargestFactor - 1).Where(factor => value % factor == 0 && value / factor > 1)];
                return factors.Length == 0 ? null : random.Pick(factors) is var chosen && random.Coin() ? $"{chosen}*{value / chosen}" : $"{value / chosen}*{chosen}";

            case NumberForm.Quotient:
                var divisor = random.Next(2, LargestFactor);
                return $"{value * divisor}/{divisor}";

            default:
                return null;
        }
    }

    private static string Digits(int value) => value.ToString(CultureInfo.InvariantCulture);
}
