using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Engine.Ledgers;

namespace SeedOrleans.Grains.Runs;

/// <summary>Where a run is; written by its loop, read by whoever asks.</summary>
internal sealed class RunProgress
{
    public RunStatus Status { get; set; } = RunStatus.Pending;

    /// <summary>What is committed.</summary>
    public LedgerHead Head { get; set; } = new();

    /// <summary>Training steps committed.</summary>
    public int Step => Head.Step;

    public string Error { get; set; } = "";

    /// <summary>Where the newest life's actors are; null before they have places.</summary>
    public RunHosts? Hosts { get; set; }

    /// <summary>Of the committed steps.</summary>
    public LedgerAudit Audit { get; set; } = new();

    public ImmutableArray<SiloPresence> Silos() => Hosts?.Describe() ?? [];
}
