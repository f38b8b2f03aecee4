using System.Globalization;

namespace SeedOrleans.Engine.Rewards;

/// <summary>Plays countdown by its rules: any expression over the given numbers, each at most once, that is the target exactly.</summary>
internal static class CountdownRule
{
    /// <param name="puzzle">The numbers and the target, <c>3,7,2&gt;13</c>.</param>
    public static Judgement Judge(string puzzle, string response)
    {
        var answer = FinalAnswer.AfterSemicolon(response);
        if (answer.Length == 0)
            return new Judgement(false, "", "The response gives no answer.");
        if (ReadPuzzle(puzzle) is not var (numbers, target))
            return new Judgement(false, answer, $"The ground truth \"{puzzle}\" is not a puzzle such as 3,7,2>13.");
        if (!ArithmeticExpression.TryEvaluate(answer, out var value, out var used))
            return new Judgement(false, answer, "The answer is not an expression of + - * / and brackets.");

        foreach (var number in used)
        {
            if (!numbers.Remove(number))
                return new Judgement(false, answer, $"The answer uses {number}, which is not given or was used before.");
        }

        return value == target
            ? new Judgement(true, answer, "The expression uses given numbers and reaches the target.")
            : new Judgement(false, answer, $"The expression does not reach {target}.");
    }

    private static (List<int> Numbers, int Target)? ReadPuzzle(string puzzle)
    {
        if (puzzle.Split('>') is not [var list, var goal] || ReadNumber(goal) is not { } target)
            return null;

        var numbers = list.Split(',').Select(ReadNumber).ToList();
        return numbers.Contains(null) ? null : ([.. numbers.Select(number => number!.Value)], target);
    }

    private static int? ReadNumber(string text) =>
        int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
