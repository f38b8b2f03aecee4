using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Rewards.Judges.Ladder;

/// <summary>A rule and a judge that say different things of one response: for somebody to look at.</summary>
/// <param name="Rule">By name.</param>
/// <param name="Response">Its part after all thinking; of a long one the end.</param>
/// <param name="JudgeText">The judge's own reply.</param>
public sealed record Disagreement(
    DateTimeOffset At,
    string? Question,
    string Reference,
    string Response,
    string Extracted,
    string Rule,
    Outcome RuleOutcome,
    string RuleReason,
    Outcome JudgeOutcome,
    double? Probability,
    string JudgeText);
