using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Rewards.Logic;

namespace SeedOrleans.Engine.Rewards;

/// <summary>Judges a response by a rule: right is 1, wrong is −1. Quick and without exceptions whatever the response holds.</summary>
/// <remarks>
/// <c>task:NAME</c> judges what stands after the response's last semicolon by that task's rule; <c>rule</c> looks for a final answer in
/// prose (<see cref="FinalAnswer"/>). Reasoning inside <c>&lt;think&gt;</c> never counts.
/// </remarks>
public static class RuleVerifier
{
    private const string TaskPrefix = "task:";
    private const string ProseStyle = "rule";

    /// <summary>The most of an answer that a verdict quotes.</summary>
    private const int MaxQuote = 200;

    /// <returns>Whether <see cref="Grade"/> can judge prompts of this <see cref="Prompt.RewardStyle"/>.</returns>
    public static bool Supports(string style) => RuleFor(style) is not null;

    /// <exception cref="UnknownRewardStyleException">No rule has the prompt's reward style.</exception>
    public static Verdict Grade(Prompt prompt, string response)
    {
        var rule = RuleFor(prompt.RewardStyle) ?? throw new UnknownRewardStyleException(prompt.Id, prompt.RewardStyle);
        var judgement = rule(prompt.GroundTruth, FinalAnswer.AfterThinking(response));

        return new Verdict
        {
            Correct = judgement.Correct,
            Score = judgement.Correct ? 1 : -1,
            Reason = judgement.Reason,
            Extracted = judgement.Answer.Length > MaxQuote ? judgement.Answer[..MaxQuote] : judgement.Answer,
        };
    }

    private static Func<string, string, Judgement>? RuleFor(string style) =>
        style switch
        {
            ProseStyle => ProseRule.Judge,
            _ when style.StartsWith(TaskPrefix, StringComparison.Ordinal) => TaskRules.Find(style[TaskPrefix.Length..]),
            _ => null,
        };
}
