namespace SeedOrleans.GrainInterfaces.Runs;

/// <summary>A spec that cannot run on the silo that was asked: a missing file, a prompt too long, an empty data set.</summary>
[GenerateSerializer, Alias("seed.run-refused")]
public sealed class RunRefusedException(string reason) : Exception(reason);
