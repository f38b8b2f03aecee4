namespace SeedOrleans.Engine.Parallelism;

/// <summary>A rank of the group gave up, so none can go on.</summary>
public sealed class PeerFailedException(int rank, Exception reason)
    : Exception($"Rank {rank} gave up: {reason.Message} Start the group again; the update it was part of did not happen.", reason)
{
    public int Rank { get; } = rank;
}
