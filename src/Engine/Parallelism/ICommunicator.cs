using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>One rank's end of a group of ranks that compute together. Every rank makes the same calls in the same order.</summary>
public interface ICommunicator
{
    /// <summary>Counted from 0.</summary>
    int Rank { get; }

    int Size { get; }

    /// <summary>Replaces <paramref name="tensor"/> on every rank by the sum over ranks, added in rank order.</summary>
    /// <param name="tensor">Contiguous, of the same shape and type on every rank.</param>
    /// <exception cref="PeerFailedException">Another rank gave up, so the sum will never be.</exception>
    void AllReduceSum(Tensor tensor, CancellationToken cancellationToken);

    /// <summary>Tells the others that this rank gives up: what waits for it fails, now and later.</summary>
    void Abort(Exception reason);
}
