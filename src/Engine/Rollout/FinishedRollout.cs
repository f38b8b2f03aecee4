using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Rollout;

/// <summary>A request and the response it got.</summary>
public sealed record FinishedRollout(RolloutRequest Request, Trajectory Trajectory)
{
    /// <summary>The most likely tokens at each place of the response, likeliest first; empty where they were not asked for.</summary>
    public ImmutableArray<ImmutableArray<LikelyToken>> Alternatives { get; init; } = [];
}
