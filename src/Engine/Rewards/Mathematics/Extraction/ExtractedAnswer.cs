namespace SeedOrleans.Engine.Rewards.Mathematics.Extraction;

/// <param name="Text">Without decoration.</param>
internal sealed record ExtractedAnswer(string Text, AnswerKind Kind);
