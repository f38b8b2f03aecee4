namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>A sandbox that forks programs ended, or did not start one: nothing is known of its program.</summary>
internal sealed class ZygoteDiedException(string reason) : Exception($"The process that forks programs has gone: {reason}.");
