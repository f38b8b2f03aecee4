using SeedOrleans.Engine.Rewards.Code;
using SeedOrleans.Engine.Rewards.Logic;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Rewards;

/// <summary>Says before any response is judged whether a question's reference can be judged by.</summary>
public static class ReferenceReading
{
    /// <returns>Why its verifier can make nothing of it; null where it can, or where only a model reads it.</returns>
    public static string? FindProblem(string style, string groundTruth)
    {
        if (style == ResponseVerifier.Code)
            return FindCodeProblem(groundTruth);
        if (RuleVerifier.IsMathematics(style))
            return MathematicsVerifier.FindUnreadable(groundTruth);

        // A puzzle's reader complains of the puzzle before it looks at an answer.
        return RuleVerifier.RuleFor(style)?.Invoke(groundTruth, "0") is { } judgement && judgement.Reason.StartsWith(PuzzleRule.NoPuzzle, StringComparison.Ordinal)
            ? judgement.Reason
            : null;
    }

    private static string? FindCodeProblem(string groundTruth)
    {
        try
        {
            CodeProblemReader.Read(groundTruth);
            return null;
        }
        catch (CodeProblemFormatException refusal)
        {
            return refusal.Message;
        }
    }
}
