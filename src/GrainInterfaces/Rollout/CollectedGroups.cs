using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>What a collection gathered, in the order of its prompts.</summary>
[GenerateSerializer, Immutable, Alias("seed.collected-groups")]
public sealed record CollectedGroups
{
    /// <summary>As many as were ordered, or fewer, even none, where the policy solves most of what there is.</summary>
    [Id(0)] public required ImmutableArray<RolloutGroup> Groups { get; init; }

    /// <summary>Where the next collection begins: just after the last prompt that this one took or refused.</summary>
    [Id(1)] public required long NextCursor { get; init; }

    /// <summary>Groups before that place that dynamic sampling refused because every response was right.</summary>
    [Id(2)] public required int AllCorrect { get; init; }

    /// <summary>Groups before that place that dynamic sampling refused because every response was wrong.</summary>
    [Id(3)] public required int AllWrong { get; init; }

    /// <summary>Response tokens sampled for this collection, those of refused and unfinished groups included.</summary>
    [Id(4)] public required long SampledTokens { get; init; }

    /// <summary>How far in the log of judged responses the pool has read: later collections' lie behind.</summary>
    [Id(5)] public long LogEnd { get; init; }

    /// <summary>What became of the groups from the order's cursor to <see cref="NextCursor"/>, a letter of <see cref="GroupFate"/> each.</summary>
    [Id(6)] public string Fates { get; init; } = "";

    /// <summary>Response tokens that were taken up from notes of responses in flight, and not sampled again.</summary>
    [Id(7)] public long ContinuedTokens { get; init; }

    /// <summary>Tokens of whole responses that were there when the controller, or the pool, had to begin anew.</summary>
    [Id(8)] public long RecoveredTokens { get; init; }

    /// <summary>Of <see cref="SampledTokens"/>, those that an interrupted life sampled and this one had not to.</summary>
    public long KeptTokens => RecoveredTokens + ContinuedTokens;
}
