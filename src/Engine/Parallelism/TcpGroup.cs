using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>One rank of a group whose ranks are in several processes.</summary>
/// <remarks>
/// A sum is made as <see cref="InProcessGroup"/> makes it, bit for bit: each rank adds up one stretch of all ranks' tensors, in rank
/// order, and hands it to everybody. Every byte crosses a line twice, whatever the number of ranks.
/// </remarks>
public sealed class TcpGroup : ICommunicator, IDisposable
{
    private readonly PeerConnection?[] _peers; // by rank; null at this rank's own place
    private readonly Lock _gate = new();
    private PeerFailedException? _failure;
    private ulong _operation;

    private TcpGroup(int rank, PeerConnection?[] peers) => (Rank, _peers) = (rank, peers);

    public int Rank { get; }

    public int Size => _peers.Length;

    /// <summary>Connects to every other rank; returns when all lines stand.</summary>
    /// <param name="name">The same for all members, different for every epoch.</param>
    /// <param name="endPoints">Of each rank's process, by rank.</param>
    /// <exception cref="PeerLostException">A rank could not be reached, or did not come in time.</exception>
    public static async Task<TcpGroup> JoinAsync(
        PeerListener listener, string name, int rank, IReadOnlyList<string> endPoints, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        var lines = endPoints.Select(async (endPoint, peer) =>
            peer == rank ? null
            : new PeerConnection(
                peer < rank
                    ? await PeerListener.ConnectAsync(endPoint, name, rank, peer, deadline.Token)
                    : await listener.AcceptAsync(name, peer, rank, deadline.Token),
                peer)).ToArray();
        try
        {
            return new TcpGroup(rank, await Task.WhenAll(lines));
        }
        catch (Exception failure)
        {
            foreach (var line in lines.Where(line => line.IsCompletedSuccessfully))
                line.Result?.Dispose();

            throw failure is OperationCanceledException && !cancellationToken.IsCancellationRequested
                ? new PeerLostException($"Not all ranks of {name} came within {patience.TotalSeconds:0} seconds.", failure)
                : failure;
        }
    }

    public void AllReduceSum(Tensor tensor, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        using var cancelled = cancellationToken.Register(() => Abort(new OperationCanceledException(cancellationToken)));
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            var flat = tensor.view(-1);
            var operation = _operation += 2;
            var (start, end) = Stretch(flat, Rank);

            // Everybody's part of my stretch comes here; my parts of theirs go there.
            var sending = Others().Select(peer => SendAsync(peer, operation, flat, Stretch(flat, peer.Rank))).ToArray();
            var mine = flat.narrow(0, start, end - start);
            using var sum = zeros_like(mine);
            for (var rank = 0; rank < Size; rank++)
                AddInOrder(sum, mine, rank, operation);

            Task.WhenAll(sending).GetAwaiter().GetResult();
            mine.copy_(sum);

            sending = [.. Others().Select(peer => SendAsync(peer, operation + 1, flat, (start, end)))];
            foreach (var peer in Others())
                Receive(peer.Line, operation + 1, flat, Stretch(flat, peer.Rank));

            Task.WhenAll(sending).GetAwaiter().GetResult();
        }
        catch (PeerFailedException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_gate)
                _failure ??= failure;

            Abort(failure);
            throw _failure;
        }
    }

    public void Abort(Exception reason)
    {
        lock (_gate)
        {
            _failure ??= new PeerFailedException(Rank, reason);
            foreach (var peer in _peers)
                peer?.GiveUp(reason is PeerFailedException { InnerException: { } cause } ? cause : reason);
        }
    }

    public void Dispose() => Abort(new PeerLostException($"Rank {Rank} left."));

    private void AddInOrder(Tensor sum, Tensor mine, int rank, ulong operation)
    {
        if (rank == Rank)
        {
            _ = rank == 0 ? sum.copy_(mine) : sum.add_(mine);
            return;
        }

        using var part = empty_like(mine);
        Receive(_peers[rank]!, operation, part, (0, part.numel()));
        _ = rank == 0 ? sum.copy_(part) : sum.add_(part);
    }

    private static Task SendAsync((int Rank, PeerConnection Line) peer, ulong operation, Tensor flat, (long Start, long End) stretch)
    {
        var size = flat.element_size();
        return Task.Run(() => peer.Line.SendAsync(
            operation, (stretch.End - stretch.Start) * size, (offset, target) =>
            {
                using var piece = flat.narrow(0, stretch.Start + (offset / size), target.Length / size);
                piece.bytes.CopyTo(target);
            }));
    }

    private static void Receive(PeerConnection line, ulong operation, Tensor flat, (long Start, long End) stretch)
    {
        var size = flat.element_size();
        line.Receive(
            operation, (stretch.End - stretch.Start) * size, (offset, bytes) =>
            {
                using var piece = flat.narrow(0, stretch.Start + (offset / size), bytes.Length / size);
                bytes.CopyTo(piece.bytes);
            });
    }

    private (long Start, long End) Stretch(Tensor flat, int rank) => (flat.numel() * rank / Size, flat.numel() * (rank + 1) / Size);

    private IEnumerable<(int Rank, PeerConnection Line)> Others() =>
        _peers.Index().Where(peer => peer.Item is not null).Select(peer => (peer.Index, peer.Item!));

    private void ThrowIfFailed()
    {
        lock (_gate)
            if (_failure is not null)
                throw _failure;
    }
}
