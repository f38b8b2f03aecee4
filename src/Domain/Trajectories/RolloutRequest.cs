using System.Collections.Immutable;

namespace SeedOrleans.Domain.Trajectories;

/// <summary>One response to sample. Its random numbers are addressed by (run seed, purpose, prompt, response, position).</summary>
[GenerateSerializer, Immutable, Alias("seed.rollout-request")]
public sealed record RolloutRequest
{
    [Id(0)] public required Prompt Prompt { get; init; }

    [Id(1)] public required int ResponseIndex { get; init; }

    [Id(2)] public required SamplingParameters Sampling { get; init; }

    /// <summary>Seeds this request's random stream; the run's seed folded with the step or evaluation that asks.</summary>
    [Id(3)] public required ulong Seed { get; init; }

    /// <summary>Which collection asked, so that an answer which comes too late is known as such.</summary>
    [Id(4)] public required long CollectionId { get; init; }

    /// <summary>Response tokens sampled earlier, with their log-probs; sampling goes on after them.</summary>
    [Id(5)] public ImmutableArray<int> EarlierTokens { get; init; } = [];

    [Id(6)] public ImmutableArray<float> EarlierLogProbs { get; init; } = [];

    /// <summary>Its response is judged together with the others to the same prompt, once all are there.</summary>
    [Id(7)] public bool AwaitsGroup { get; init; }
}
