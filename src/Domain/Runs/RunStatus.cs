namespace SeedOrleans.Domain.Runs;

/// <summary>Where a run is in its life.</summary>
public enum RunStatus
{
    Pending,
    ColdStart,
    Training,
    Succeeded,
    Failed,
    Stopped,
}
