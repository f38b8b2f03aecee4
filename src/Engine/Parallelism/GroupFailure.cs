namespace SeedOrleans.Engine.Parallelism;

/// <summary>Why a group can compute no more.</summary>
/// <param name="Rank">Who failed; null when nobody did and the group's time is over.</param>
internal sealed record GroupFailure(int? Rank, Exception Reason)
{
    /// <param name="rank">Who met <paramref name="failure"/>; not always who failed.</param>
    public static GroupFailure MetBy(int rank, Exception failure) =>
        failure is PeerFailedException peer ? new(peer.Rank, peer.InnerException!) : new(rank, failure);

    /// <returns>A new one each time: several threads throw it.</returns>
    public Exception ToException() =>
        Rank is { } rank ? new PeerFailedException(rank, Reason) : new PeerLostException(Reason.Message, Reason);
}
