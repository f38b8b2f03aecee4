using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Rewards.Logic;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Rewards;

/// <summary>Judges a response by a rule: right is 1, wrong is −1. Quick and without exceptions whatever the response holds.</summary>
/// <remarks>
/// <c>task:NAME</c> judges what stands after the response's last semicolon by that task's rule; <c>math</c>, also called <c>rule</c>, is
/// <see cref="MathematicsVerifier"/>, whose abstentions earn what wrong answers do. Reasoning inside <c>&lt;think&gt;</c> never counts.
/// </remarks>
public static class RuleVerifier
{
    private const string TaskPrefix = "task:";

    /// <summary>The most of an answer that a verdict quotes.</summary>
    private const int MaxQuote = 200;

    /// <returns>Whether <see cref="Grade"/> can judge prompts of this <see cref="Prompt.RewardStyle"/>.</returns>
    public static bool Supports(string style) => IsMathematics(style) || RuleFor(style) is not null;

    /// <exception cref="UnknownRewardStyleException">No rule has the prompt's reward style.</exception>
    public static Verdict Grade(Prompt prompt, string response)
    {
        var judgement = Judge(prompt, response) ?? throw new UnknownRewardStyleException(prompt.Id, prompt.RewardStyle);
        return VerdictOf(judgement, score: null);
    }

    /// <param name="score">Null gives 1 to what is right and −1 to anything else.</param>
    internal static Verdict VerdictOf(Judgement judgement, double? score) => new()
    {
        Correct = judgement.Correct,
        Score = score ?? (judgement.Correct ? 1 : -1),
        IsGraded = score is not null,
        Reason = judgement.Reason,
        Extracted = judgement.Answer.Length > MaxQuote ? judgement.Answer[..MaxQuote] : judgement.Answer,
    };

    private static Judgement? Judge(Prompt prompt, string response)
    {
        if (!IsMathematics(prompt.RewardStyle))
            return RuleFor(prompt.RewardStyle)?.Invoke(prompt.GroundTruth, FinalAnswer.AfterThinking(response));

        var verdict = MathematicsVerifier.Judge(prompt.Question, prompt.GroundTruth, response);
        return new Judgement(verdict.Outcome == Outcome.Correct, verdict.Extracted, verdict.Explain());
    }

    /// <returns>Whether <see cref="MathematicsVerifier"/> judges prompts of this style.</returns>
    public static bool IsMathematics(string style) => style is "math" or "rule";

    internal static Func<string, string, Judgement>? RuleFor(string style) =>
        style.StartsWith(TaskPrefix, StringComparison.Ordinal) ? TaskRules.Find(style[TaskPrefix.Length..]) : null;
}
