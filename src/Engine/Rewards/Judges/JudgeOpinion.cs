using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Rewards.Judges;

/// <summary>What a judge says of a response.</summary>
/// <param name="Probability">P(YES), from 0 to 1; null where there was no verdict.</param>
/// <param name="Reason">Who decided, and why, in words.</param>
/// <param name="Extracted">The answer as it was put to the judge; empty where the response gave none.</param>
/// <param name="Text">The judge's own reply; empty where it was not asked.</param>
public sealed record JudgeOpinion(Outcome Outcome, double? Probability, string Reason, string Extracted, string Text)
{
    /// <summary>A response without an answer is wrong, and no judge is asked.</summary>
    internal static JudgeOpinion OfNoAnswer { get; } = new(Outcome.Incorrect, 0, "extraction: The response gives no answer.", "", "");

    internal static JudgeOpinion Abstained(string reason, string extracted, string text = "") => new(Outcome.Abstained, null, reason, extracted, text);
}
