using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Logic.Search;

/// <summary>Some of the given numbers with the given sum.</summary>
internal static class SubsetSumRule
{
    /// <param name="puzzle">Numbers and sum, <c>12,7,31,5&gt;24</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split('>') is not [var list, var goal])
            throw new FormatException("A puzzle looks like 12,7,31,5>24.");

        var numbers = list.Split(',').Select(Number).ToList();
        var target = Number(goal);
        var sum = 0L;
        foreach (var text in answer.Split('+'))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return $"\"{text}\" is no number.";
            if (!numbers.Remove(number))
                return $"{number} is not given, or was used before.";

            sum += number;
        }

        return sum == target ? null : $"The sum is {sum}, not {target}.";
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
