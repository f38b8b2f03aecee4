namespace SeedOrleans.Domain.Trajectories;

/// <summary>A trajectory with its verdict.</summary>
[GenerateSerializer, Immutable, Alias("seed.scored-trajectory")]
public sealed record ScoredTrajectory
{
    [Id(0)] public required Trajectory Trajectory { get; init; }

    [Id(1)] public required Verdict Verdict { get; init; }

    /// <summary>The response as a person reads it.</summary>
    [Id(2)] public required string ResponseText { get; init; }

    [Id(3)] public ResponseTraits Traits { get; init; }
}
