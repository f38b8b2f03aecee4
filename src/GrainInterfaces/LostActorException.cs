namespace SeedOrleans.GrainInterfaces;

/// <summary>An actor of a run died, forgot, or serves somebody newer: the run's controller starts its actors again.</summary>
[GenerateSerializer, Alias("seed.lost-actor")]
public sealed class LostActorException(string reason) : Exception(reason);
