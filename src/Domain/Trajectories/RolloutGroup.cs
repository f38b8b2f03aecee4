using System.Collections.Immutable;

namespace SeedOrleans.Domain.Trajectories;

/// <summary>All responses to one prompt, ordered by <see cref="Trajectory.ResponseIndex"/>.</summary>
[GenerateSerializer, Immutable, Alias("seed.rollout-group")]
public sealed record RolloutGroup
{
    [Id(0)] public required Prompt Prompt { get; init; }

    [Id(1)] public required ImmutableArray<ScoredTrajectory> Responses { get; init; }

    public int CorrectCount() => Responses.Count(response => response.Verdict.Correct);
}
