namespace SeedOrleans.GrainInterfaces.Runs;

/// <summary>Which steps to compute again, and what to do with them.</summary>
/// <param name="From">The first step, counted from 1.</param>
/// <param name="To">The last.</param>
/// <param name="Dump">Write everything about the steps to files beside the run's metrics.</param>
[GenerateSerializer, Immutable, Alias("seed.replay-order")]
public sealed record ReplayOrder([property: Id(0)] int From, [property: Id(1)] int To, [property: Id(2)] bool Dump);
