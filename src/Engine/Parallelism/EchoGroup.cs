using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>One rank of a group whose other ranks do not exist: whatever they would bring is an echo of what this one has.</summary>
/// <remarks>
/// What the rank computes means nothing, but it does as much and needs as much memory for it as among others: a rank of a mesh of any size can be
/// measured where there is room for one. Waits for nobody, so it never fails.
/// </remarks>
internal sealed class EchoGroup(int rank, int size) : ICommunicator
{
    public int Rank => rank;

    public int Size => size;

    /// <remarks>Nobody divides by what comes out 0, since some rank always has a part.</remarks>
    public void AllReduceSum(Tensor tensor, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        tensor.masked_fill_(tensor.eq(0), 1);
    }

    public void ReduceScatterSum(Tensor tensor, Stretches stretches, CancellationToken cancellationToken) =>
        cancellationToken.ThrowIfCancellationRequested();

    public void AllGather(Tensor tensor, Stretches stretches, CancellationToken cancellationToken)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        for (var other = 0; other < size; other++)
            if (other != rank)
                Echo(tensor.Stretch(stretches[rank]), tensor.Stretch(stretches[other]), other);
    }

    public void Broadcast(Tensor tensor, int root, CancellationToken cancellationToken) => cancellationToken.ThrowIfCancellationRequested();

    public void AllToAll(Tensor sent, Stretches to, Tensor received, Stretches from, CancellationToken cancellationToken)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        for (var other = 0; other < size; other++)
            Echo(sent.Stretch(to[rank]), received.Stretch(from[other]), other);
    }

    public void SendReceive(Tensor sent, int to, Tensor received, int from, CancellationToken cancellationToken) => Echo(sent.view(-1), received.view(-1), from);

    public void Send(Tensor tensor, int to, CancellationToken cancellationToken) => cancellationToken.ThrowIfCancellationRequested();

    public void Receive(Tensor tensor, int from, CancellationToken cancellationToken) => tensor.zero_();

    public void Abort(Exception reason)
    {
    }

    /// <summary>As often as it fits. Uninitialized memory may hold numbers that are slow to compute with.</summary>
    /// <remarks>Whole numbers are counts, and come from another place for each rank, so that all have about as many of everything.</remarks>
    private static void Echo(Tensor sound, Tensor room, int other)
    {
        if (sound.numel() == 0)
        {
            room.zero_();
            return;
        }

        var from = sound.dtype == ScalarType.Int64 ? other % sound.numel() : 0;
        for (var at = 0L; at < room.numel(); from = 0)
        {
            var length = Math.Min(sound.numel() - from, room.numel() - at);
            room.narrow(0, at, length).copy_(sound.narrow(0, from, length));
            at += length;
        }
    }
}
