namespace SeedOrleans.Domain.Runs;

/// <summary>A committed step, computed again from its record.</summary>
[GenerateSerializer, Immutable, Alias("seed.replayed-step")]
public sealed record ReplayedStep
{
    [Id(0)] public required int Step { get; init; }

    /// <summary>SHA-256 of the weights after it, this time.</summary>
    [Id(1)] public required string WeightsHash { get; init; }

    /// <summary>With these weights, the step's record and those before, the ledger's hash chain comes out as it was committed.</summary>
    [Id(2)] public required bool Matches { get; init; }

    [Id(3)] public required TimeSpan Took { get; init; }

    /// <summary>Where everything about the step was written, on its silo's machine; empty where nobody asked.</summary>
    [Id(4)] public string Dump { get; init; } = "";
}
