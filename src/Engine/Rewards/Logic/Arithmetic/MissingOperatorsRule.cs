using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Arithmetic;

namespace SeedOrleans.Engine.Rewards.Logic.Arithmetic;

/// <summary>The given digits in their order, a sign in the place of every '?', and the target reached.</summary>
internal static class MissingOperatorsRule
{
    /// <summary>A product of so many digits fits 64 bits.</summary>
    private const int MaxDigits = 16;

    /// <param name="puzzle">Digits and target, <c>2?3?4&gt;14</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var (row, target) = ReadPuzzle(puzzle);
        if (answer.Length != row.Length)
            return $"The answer is not of the form {row}.";

        var (digits, signs) = (new List<int>(), new List<char>());
        for (var i = 0; i < row.Length; i++)
        {
            if (i % 2 == 0 && answer[i] != row[i])
                return $"The answer has {answer[i]} where the row has {row[i]}.";
            if (i % 2 == 1 && !OperatorRow.Signs.Contains(answer[i]))
                return $"The answer has {answer[i]} in the place of a sign.";

            if (i % 2 == 0)
                digits.Add(row[i] - '0');
            else
                signs.Add(answer[i]);
        }

        return OperatorRow.Evaluate([.. digits], [.. signs]) == target ? null : $"The row does not reach {target}.";
    }

    private static (string Row, long Target) ReadPuzzle(string puzzle)
    {
        if (puzzle.Split('>') is [var row, var target]
            && row.Length is > 0 and < 2 * MaxDigits
            && row.Length % 2 == 1
            && row.Where((symbol, place) => place % 2 == 0 ? !char.IsAsciiDigit(symbol) : symbol != '?').Any() is false)
            return (row, long.Parse(target, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

        throw new FormatException($"\"{puzzle}\" is no puzzle such as 2?3?4>14.");
    }
}
