using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Logic.Arithmetic;

/// <summary>Plays with numbers by their rules: an expression over the given ones that is the target exactly.</summary>
internal static class CountdownRule
{
    /// <summary>Each number at most once.</summary>
    /// <param name="puzzle">The numbers and the target, <c>3,7,2&gt;13</c>.</param>
    public static string? FindBroken(string puzzle, string answer) => FindBroken(puzzle, answer, needsAll: false);

    /// <summary>Each number exactly once.</summary>
    /// <inheritdoc cref="FindBroken(string, string)"/>
    public static string? FindBrokenOfAll(string puzzle, string answer) => FindBroken(puzzle, answer, needsAll: true);

    private static string? FindBroken(string puzzle, string answer, bool needsAll)
    {
        var (numbers, target) = ReadPuzzle(puzzle);
        if (!ArithmeticExpression.TryEvaluate(answer, out var value, out var used))
            return "The answer is not an expression of + - * / and brackets.";

        foreach (var number in used)
        {
            if (!numbers.Remove(number))
                return $"The answer uses {number}, which is not given or was used before.";
        }

        if (needsAll && numbers.Count > 0)
            return $"The answer leaves out {numbers[0]}.";

        return value == target ? null : $"The expression does not reach {target}.";
    }

    private static (List<int> Numbers, int Target) ReadPuzzle(string puzzle) =>
        puzzle.Split('>') is [var list, var goal]
            ? ([.. list.Split(',').Select(ReadNumber)], ReadNumber(goal))
            : throw new FormatException($"\"{puzzle}\" is no puzzle such as 3,7,2>13.");

    private static int ReadNumber(string text) => int.Parse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
}
