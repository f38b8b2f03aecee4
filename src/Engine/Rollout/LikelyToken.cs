namespace SeedOrleans.Engine.Rollout;

/// <param name="LogProb">In nats, at temperature 1.</param>
public readonly record struct LikelyToken(int Token, float LogProb);
