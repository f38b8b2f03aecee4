namespace SeedOrleans.Engine.Ledgers;

/// <summary>Somebody newer leads the run; whoever meets this must stop and write nothing more.</summary>
public sealed class StaleEpochException(string what, long epoch, long newest)
    : Exception($"Epoch {epoch} of {what} is over: epoch {newest} leads now.")
{
    public long Epoch { get; } = epoch;

    public long Newest { get; } = newest;
}
