using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Rollout;

/// <summary>How a policy is talked to.</summary>
public sealed record PolicyChatOptions
{
    /// <summary>Plain puts the messages' texts one after another.</summary>
    public PromptTemplate Template { get; init; } = PromptTemplate.Plain;

    public NumberFormat Dtype { get; init; } = NumberFormat.Float32;

    /// <summary>Of calls that name no length.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Of calls that name no seed.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Replies at work at once, at most.</summary>
    public int Slots { get; init; } = 16;

    /// <summary>Tokens of all replies at work, prompts included, whose keys and values are held at once; one reply may have more.</summary>
    public int CacheTokens { get; init; } = 1 << 14;

    /// <summary>Cores that compute.</summary>
    public int Threads { get; init; } = 1;
}
