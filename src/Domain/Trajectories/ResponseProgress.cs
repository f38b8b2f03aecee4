using System.Collections.Immutable;

namespace SeedOrleans.Domain.Trajectories;

/// <summary>Tokens that a response in flight has got since they were last noted, with their log-probs.</summary>
[GenerateSerializer, Immutable, Alias("seed.response-progress")]
public sealed record ResponseProgress
{
    [Id(0)] public required ResponseName Response { get; init; }

    /// <summary>Response tokens before these.</summary>
    [Id(1)] public required int Start { get; init; }

    [Id(2)] public required ImmutableArray<int> Tokens { get; init; }

    [Id(3)] public required ImmutableArray<float> LogProbs { get; init; }
}
