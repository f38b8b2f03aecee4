using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Grains.Runs;

/// <summary>Where a run is; written by its loop, read by whoever asks.</summary>
internal sealed class RunProgress
{
    public RunStatus Status { get; set; } = RunStatus.Pending;

    /// <summary>Training steps committed.</summary>
    public int Step { get; set; }

    public string Error { get; set; } = "";
}
