using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Grains.Runs;

/// <summary>What is known of a run from the moment it is accepted.</summary>
[GenerateSerializer, Immutable, Alias("seed.run-card")]
public sealed record RunCard
{
    [Id(0)] public required RunSpec Spec { get; init; }

    [Id(1)] public required DateTimeOffset SubmittedAt { get; init; }
}
