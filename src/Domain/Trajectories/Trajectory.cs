using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;

namespace SeedOrleans.Domain.Trajectories;

/// <summary>One response to one prompt, as sampled: what the policy saw, wrote, and believed while writing.</summary>
/// <remarks>Response tokens and their log-probs are parallel lists.</remarks>
[GenerateSerializer, Immutable, Alias("seed.trajectory")]
public sealed record Trajectory
{
    [Id(0)] public required string PromptId { get; init; }

    /// <summary>Place among the responses to the same prompt, counted from 0.</summary>
    [Id(1)] public required int ResponseIndex { get; init; }

    [Id(2)] public required ImmutableArray<int> PromptTokens { get; init; }

    [Id(3)] public required ImmutableArray<int> ResponseTokens { get; init; }

    /// <summary>
    /// Natural-log probability of each response token under the distribution it was drawn from before top-k and top-p cut
    /// it: softmax(logits / temperature). It is the π_old of the policy ratio.
    /// </summary>
    [Id(4)] public required ImmutableArray<float> RolloutLogProbs { get; init; }

    /// <summary>The oldest weights that wrote any of these tokens; a rollout may outlive a weight sync.</summary>
    [Id(5)] public required PolicyVersion OldestPolicy { get; init; }

    [Id(6)] public required StopReason StopReason { get; init; }

    public bool IsTruncated() => StopReason is StopReason.Length or StopReason.Aborted;
}
