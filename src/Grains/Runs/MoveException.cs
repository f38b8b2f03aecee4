namespace SeedOrleans.Grains.Runs;

/// <summary>A run's actors should be somewhere else; nothing is lost, and its controller begins another life.</summary>
internal sealed class MoveException(string reason) : Exception(reason);
