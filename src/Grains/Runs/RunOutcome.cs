using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Grains.Runs;

/// <summary>How a run ended. Written once.</summary>
[GenerateSerializer, Immutable, Alias("seed.run-outcome")]
public sealed record RunOutcome
{
    [Id(0)] public required RunStatus Status { get; init; }

    [Id(1)] public required string Error { get; init; }

    [Id(2)] public required DateTimeOffset EndedAt { get; init; }
}
