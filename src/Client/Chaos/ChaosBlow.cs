using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Chaos;

/// <summary>A blow that fell, and what it cost the run. Times count from the blow.</summary>
internal sealed record ChaosBlow
{
    public required ChaosStrike Strike { get; init; }

    /// <summary>The last committed step when it fell.</summary>
    public required int Step { get; init; }

    /// <summary>What of the run the silo hosted, in words.</summary>
    public required ImmutableArray<string> Hosted { get; init; }

    /// <summary>Null where the run went on without noticing, or was over first.</summary>
    public ChaosCost? Cost { get; init; }
}

/// <param name="Detected">Until the run's controller acted on it, by its own account.</param>
/// <param name="Restored">Until all actors were placed and held the last committed weights, by the controller's account.</param>
/// <param name="NextStep">Until the next step was seen to be committed, by who struck.</param>
/// <param name="Replayed">Committed steps that were computed again.</param>
internal sealed record ChaosCost(TimeSpan Detected, TimeSpan Restored, TimeSpan NextStep, int Replayed);

/// <summary>The run as it was seen at a time after a blow.</summary>
internal readonly record struct ChaosLook(TimeSpan After, RunSummary Summary);
