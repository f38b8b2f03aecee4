using System.Globalization;
using System.Numerics;

namespace SeedOrleans.Engine.Rewards.Logic.Arithmetic;

/// <summary>One digit a letter, different digits for different letters, no zero in front, and a true sum.</summary>
internal static class CryptarithmRule
{
    private const int MaxLength = 100;

    /// <param name="puzzle">Two numbers in letters and their sum, <c>ab+cb&gt;dce</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Length > MaxLength || puzzle.Split('+', '>') is not [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }])
            throw new FormatException("A puzzle looks like ab+cb>dce.");
        if (answer.Length != puzzle.Length)
            return $"The answer is not of the form {puzzle}.";

        Dictionary<char, char> digits = [];
        foreach (var (letter, digit) in puzzle.Zip(answer))
        {
            if (!char.IsAsciiLetterLower(letter))
            {
                if (letter != digit)
                    return $"The answer has {digit} where the sum has {letter}.";
            }
            else if (!char.IsAsciiDigit(digit))
            {
                return $"{digit} is no digit.";
            }
            else if (!digits.TryAdd(letter, digit) && digits[letter] != digit)
            {
                return $"{letter} stands for two digits, {digits[letter]} and {digit}.";
            }
        }

        if (digits.GroupBy(pair => pair.Value).FirstOrDefault(same => same.Count() > 1) is { } shared)
            return $"{string.Join(" and ", shared.Select(pair => pair.Key))} stand for the same digit, {shared.Key}.";

        var numbers = answer.Split('+', '>');
        if (numbers.Any(number => number.Length > 1 && number[0] == '0'))
            return "A number begins with 0.";

        var (left, right, sum) = (Number(numbers[0]), Number(numbers[1]), Number(numbers[2]));
        return left + right == sum ? null : "The sum is not true.";
    }

    private static BigInteger Number(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
