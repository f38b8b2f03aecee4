using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Ledgers;

namespace SeedOrleans.Grains.Runs;

/// <summary>What is known of a run from the moment it is accepted.</summary>
[GenerateSerializer, Immutable, Alias("seed.run-card")]
public sealed record RunCard
{
    [Id(0)] public required RunSpec Spec { get; init; }

    [Id(1)] public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The state that the run starts from; null for one that starts from its model.</summary>
    [Id(2)] public ForkPoint? Parent { get; init; }

    /// <returns>The spec with the layout under which a step is or was computed.</returns>
    public RunSpec SpecAt(LedgerHead head, int step) => Spec with { Layout = head.LayoutAt(step) ?? Spec.Layout };
}

/// <summary>A run's state after a committed step.</summary>
[GenerateSerializer, Immutable, Alias("seed.fork-point")]
public sealed record ForkPoint([property: Id(0)] string RunId, [property: Id(1)] int Step)
{
    public override string ToString() => $"{RunId}@{Step}";
}
