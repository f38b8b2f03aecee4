using System.Collections.Immutable;

namespace SeedOrleans.Domain.Trajectories;

/// <summary>Tokens that a response in flight has got since they were last noted, with their log-probs.</summary>
public sealed record ResponseProgress
{
    public required ResponseName Response { get; init; }

    /// <summary>Response tokens before these.</summary>
    public required int Start { get; init; }

    public required ImmutableArray<int> Tokens { get; init; }

    public required ImmutableArray<float> LogProbs { get; init; }
}
