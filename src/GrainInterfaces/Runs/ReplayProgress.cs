using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.GrainInterfaces.Runs;

/// <summary>How far a replay is.</summary>
[GenerateSerializer, Immutable, Alias("seed.replay-progress")]
public sealed record ReplayProgress
{
    /// <summary>After those that the caller knew, in order.</summary>
    [Id(0)] public required ImmutableArray<ReplayedStep> Steps { get; init; }

    [Id(1)] public required bool IsFinished { get; init; }

    /// <summary>Why it failed; empty unless it did.</summary>
    [Id(2)] public string Error { get; init; } = "";
}
