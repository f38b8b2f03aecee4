using System.Collections.Immutable;

namespace SeedOrleans.Domain.Trajectories;

/// <summary>How tokens are drawn from the policy's logits.</summary>
[GenerateSerializer, Immutable, Alias("seed.sampling-parameters")]
public sealed record SamplingParameters
{
    /// <summary>Divides the logits; 0 takes the most likely token.</summary>
    [Id(0)] public double Temperature { get; init; } = 1;

    /// <summary>Keep the fewest most likely tokens whose probabilities add up to this; 1 keeps all.</summary>
    [Id(1)] public double TopP { get; init; } = 1;

    /// <summary>Keep this many most likely tokens; 0 keeps all.</summary>
    [Id(2)] public int TopK { get; init; }

    [Id(3)] public required int MaxResponseTokens { get; init; }

    /// <summary>A response ends with the first of these that it writes.</summary>
    [Id(4)] public ImmutableArray<int> StopTokens { get; init; } = [];
}
