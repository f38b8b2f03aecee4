using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Rollout;

/// <summary>A request and the response it got.</summary>
public sealed record FinishedRollout(RolloutRequest Request, Trajectory Trajectory);
