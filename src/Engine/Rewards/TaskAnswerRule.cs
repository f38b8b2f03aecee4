using System.Globalization;
using System.Numerics;

namespace SeedOrleans.Engine.Rewards;

/// <summary>Judges what a response to a generated task says after its last semicolon.</summary>
internal static class TaskAnswerRule
{
    /// <summary>More digits than any task asks for.</summary>
    private const int MaxDigits = 64;

    /// <summary>The same characters.</summary>
    public static Judgement JudgeText(string groundTruth, string response) =>
        Judge(groundTruth, FinalAnswer.AfterSemicolon(response), answer => answer == groundTruth);

    /// <summary>The same whole number: leading zeros do not matter, unfinished sums do.</summary>
    public static Judgement JudgeNumber(string groundTruth, string response) =>
        Judge(
            groundTruth,
            FinalAnswer.AfterSemicolon(response),
            answer => Parse(answer) is { } number && number == Parse(groundTruth));

    private static Judgement Judge(string groundTruth, string answer, Predicate<string> isRight) =>
        answer.Length == 0 ? new Judgement(false, "", "The response gives no answer.")
        : isRight(answer) ? new Judgement(true, answer, "The final answer is right.")
        : new Judgement(false, answer, $"The final answer is not {groundTruth}.");

    private static BigInteger? Parse(string text) =>
        text.Length <= MaxDigits
        && !text.EndsWith('\0') // .NET reads "7\0" as 7.
        && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
