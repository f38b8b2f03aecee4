using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Rewards.Shaping;

/// <summary>Measures what penalties and alerts go by.</summary>
public static class TraitReader
{
    /// <param name="text">The response's tokens as a person reads them.</param>
    public static ResponseTraits Read(Prompt prompt, ReadOnlySpan<int> responseTokens, string text) => new()
    {
        Repetition = Repetition.Of(responseTokens),
        LanguageMixing = LanguageMixing.Of(prompt.Question, text),
        IsRestatement = Restatement.IsOne(prompt.Question, text),
    };
}
