using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>One rank's end of a group of ranks that compute together. Every rank makes the same calls in the same order;
/// what passes between two ranks is a matter of these two.</summary>
/// <remarks>
/// <para>
/// Tensors are contiguous, on the device that the group is for (the CPU, but for <see cref="Nccl.NcclGroup"/>), and of the same type and, unless said otherwise, size on every rank. A call works in place and returns when this rank's
/// part of it is done; the tensor is the caller's again. Sums add in rank order, so their bits depend on the number of ranks, never
/// on where these are or who came first.
/// </para>
/// <para>
/// A rank that leaves a call by an exception gives up, and every other rank with it: in the call that it waits in, whomever it waits
/// for, or in the next. What tensors hold is then undefined, and the group is of no more use.
/// </para>
/// <para>
/// Calls throw <see cref="PeerFailedException"/>, which names the rank that failed first; <see cref="PeerLostException"/> when nobody
/// failed but a newer epoch of the group began; <see cref="OperationCanceledException"/> on the rank whose token was cancelled.
/// </para>
/// </remarks>
public interface ICommunicator
{
    /// <summary>Counted from 0.</summary>
    int Rank { get; }

    int Size { get; }

    /// <summary>Replaces <paramref name="tensor"/> on every rank by the sum over ranks.</summary>
    /// <remarks>Each rank adds up one stretch and hands it to all others, so every byte crosses a line twice, however many ranks there are.</remarks>
    void AllReduceSum(Tensor tensor, CancellationToken cancellationToken)
    {
        var stretches = Stretches.Even(tensor.numel(), Size);
        ReduceScatterSum(tensor, stretches, cancellationToken);
        AllGather(tensor, stretches, cancellationToken);
    }

    /// <summary>Replaces this rank's stretch of <paramref name="tensor"/> by the sum over ranks. The other stretches stay as they were.</summary>
    void ReduceScatterSum(Tensor tensor, Stretches stretches, CancellationToken cancellationToken);

    /// <summary>Replaces each stretch of <paramref name="tensor"/> by that of the rank whose it is.</summary>
    void AllGather(Tensor tensor, Stretches stretches, CancellationToken cancellationToken);

    /// <summary>Replaces <paramref name="tensor"/> on every rank by that of <paramref name="root"/>, who need not wait for the others.</summary>
    void Broadcast(Tensor tensor, int root, CancellationToken cancellationToken);

    /// <summary>Sends each rank a stretch of <paramref name="sent"/>, and puts what each rank sends here into its stretch of <paramref name="received"/>.</summary>
    /// <remarks>Tensors may differ in size from rank to rank, and stretches may be empty; what one rank sends another is what that one expects.</remarks>
    /// <param name="to">Stretches of <paramref name="sent"/>, by the rank that gets them.</param>
    /// <param name="received">Of the same type as <paramref name="sent"/>, and no part of it.</param>
    /// <param name="from">Stretches of <paramref name="received"/>, by the rank that they come from.</param>
    void AllToAll(Tensor sent, Stretches to, Tensor received, Stretches from, CancellationToken cancellationToken);

    /// <summary>Sends one rank a tensor and receives one from another, at once: what a ring does all around. Other ranks take no part.</summary>
    /// <param name="received">No part of <paramref name="sent"/>; of the size and type that <paramref name="from"/> sends.</param>
    void SendReceive(Tensor sent, int to, Tensor received, int from, CancellationToken cancellationToken);

    /// <summary>Hands a tensor to one rank, which must receive it: two ranks that send to each other first wait for ever.</summary>
    void Send(Tensor tensor, int to, CancellationToken cancellationToken);

    /// <summary>Replaces <paramref name="tensor"/> by what a rank sends, which must be of its size and type.</summary>
    void Receive(Tensor tensor, int from, CancellationToken cancellationToken);

    /// <summary>Returns when every rank has called it.</summary>
    void Barrier(CancellationToken cancellationToken)
    {
        using var nothing = empty([0]);
        AllGather(nothing, Stretches.Even(0, Size), cancellationToken);
    }

    /// <summary>Gives up: what waits in this group fails on every rank, now and later. Any thread may call it.</summary>
    void Abort(Exception reason);
}
