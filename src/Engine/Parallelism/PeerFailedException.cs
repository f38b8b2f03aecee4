namespace SeedOrleans.Engine.Parallelism;

/// <summary>A rank of the group failed, so none can go on.</summary>
/// <param name="rank">Who failed first, however many ranks gave up because of it.</param>
/// <param name="reason">A <see cref="PeerLostException"/> when it is no fault of the computation.</param>
public sealed class PeerFailedException(int rank, Exception reason)
    : Exception($"Rank {rank} failed: {reason.Message} Start the group again; the update it was part of did not happen.", reason)
{
    public int Rank { get; } = rank;
}
