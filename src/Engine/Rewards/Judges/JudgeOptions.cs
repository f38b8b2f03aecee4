using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Rewards.Judges;

/// <summary>How a judge is asked, whichever model it is.</summary>
public sealed record JudgeOptions
{
    private const int MaxTokensAtSight = 16;
    private const int MaxTokensOfThinking = 4096;

    public JudgePrompt Prompt { get; init; } = JudgePrompt.Natural;

    /// <summary>Most tokens of a reply; null takes what the style usually needs.</summary>
    public int? MaxTokens { get; init; }

    public double Temperature { get; init; }

    public long Seed { get; init; } = 1;

    /// <summary>Characters of a question, a reference or a response that a judge is shown; of longer ones the end.</summary>
    public int MaxShownCharacters { get; init; } = 8000;

    /// <returns>The options that a spec asks for.</returns>
    public static JudgeOptions Of(JudgeSpec spec) => new()
    {
        Prompt = spec.Prompt,
        MaxTokens = spec.MaxTokens,
        Temperature = spec.Temperature,
        Seed = spec.Seed,
    };

    internal int TokensOf(JudgeStyle style) => MaxTokens ?? (style == JudgeStyle.Verifier ? MaxTokensAtSight : MaxTokensOfThinking);
}
