using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>One rank of a group whose ranks are in several processes, with a line to every other.</summary>
/// <remarks>Computes what <see cref="InProcessGroup"/> computes, bit for bit.</remarks>
public sealed class TcpGroup : ICommunicator, IDisposable
{
    private readonly PeerLine?[] _lines; // by rank; null at this rank's own place
    private readonly Lock _gate = new();
    private CancellationTokenRegistration _epochOver;
    private GroupFailure? _failure;
    private long _calls;

    private TcpGroup(int rank, PeerLine?[] lines)
    {
        (Rank, _lines) = (rank, lines);
        foreach (var (_, line) in Others())
            line.Listen(Hear);
    }

    public int Rank { get; }

    public int Size => _lines.Length;

    /// <summary>Connects to every other rank; returns when all lines stand.</summary>
    /// <param name="name">The same for all members.</param>
    /// <param name="endPoints">Of each rank's process, by rank.</param>
    /// <exception cref="PeerLostException">A rank could not be reached, or did not come in time, or a newer epoch has begun.</exception>
    public static async Task<TcpGroup> JoinAsync(
        PeerListener listener, GroupName name, int rank, IReadOnlyList<string> endPoints, TimeSpan patience, CancellationToken cancellationToken)
    {
        var over = listener.Epochs.Enter(name);
        var group = new TcpGroup(rank, await PeerLines.ConnectAsync(listener, name, rank, endPoints, patience, over, cancellationToken));
        group._epochOver = over.UnsafeRegister(_ => group.Fail(new GroupFailure(null, listener.Epochs.WhyOver(name))), null);
        return group;
    }

    public void ReduceScatterSum(Tensor tensor, Stretches stretches, CancellationToken cancellationToken) => Run(
        Collective.ReduceScatter,
        tensor,
        stretches,
        exchange =>
        {
            foreach (var (peer, _) in Others())
                exchange.Send(peer, stretches[peer]);

            var (start, length) = stretches[Rank];
            foreach (var (peer, _) in Others())
                exchange.Expect(peer, length);

            // Peers are sent other stretches of this tensor, so this one can change meanwhile.
            RankOrderSum.Compute(
                tensor.view(-1).narrow(0, start, length), Rank, Size, (peer, _, count) => exchange.ReceivePiece(peer, count));
        },
        cancellationToken);

    public void AllGather(Tensor tensor, Stretches stretches, CancellationToken cancellationToken) => Run(
        Collective.AllGather,
        tensor,
        stretches,
        exchange =>
        {
            foreach (var (peer, _) in Others())
                exchange.Send(peer, stretches[Rank]);

            foreach (var (peer, _) in Others())
                exchange.Receive(peer, stretches[peer]);
        },
        cancellationToken);

    public void Broadcast(Tensor tensor, int root, CancellationToken cancellationToken) => Run(
        Collective.Broadcast,
        tensor,
        null,
        exchange =>
        {
            var all = (0, tensor.numel());
            if (root != Rank)
                exchange.Receive(root, all);
            else
                foreach (var (peer, _) in Others())
                    exchange.Send(peer, all);
        },
        cancellationToken);

    public void Abort(Exception reason) => Fail(GroupFailure.MetBy(Rank, reason));

    /// <summary>Leaves. Who has received all of this rank's parts goes on; who still waits for one fails.</summary>
    public void Dispose()
    {
        var left = new PeerLostException($"Rank {Rank} has left.");
        Close(new GroupFailure(Rank, left), new Notice(NoticeKind.Left, Rank, left.Message));
    }

    private void Run(Collective collective, Tensor tensor, Stretches? stretches, Action<PeerExchange> work, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(_ => Abort(new OperationCanceledException(cancellationToken)), null);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        PeerExchange? exchange = null;
        try
        {
            ThrowIfFailed();
            if (!tensor.is_contiguous())
                throw new ArgumentException("Only contiguous tensors can be shared.");

            stretches?.ThrowUnless(tensor.numel(), Size);
            exchange = new PeerExchange(_lines, _calls++, collective, tensor);
            work(exchange);
            exchange.Finish();
        }
        catch (Exception failure) // Whatever it is, the others must not wait for ever.
        {
            Abort(failure);
            exchange?.FinishAnyhow();
            cancellationToken.ThrowIfCancellationRequested();
            if (failure is PeerFailedException)
                ThrowIfFailed();

            throw;
        }
        finally
        {
            exchange?.Dispose();
        }
    }

    private void Hear(Notice word)
    {
        // Who has left may have sent all that is due.
        if (word.Kind != NoticeKind.Left)
            Fail(word.ToFailure());
    }

    /// <summary>The first failure counts; the others are told who it was.</summary>
    private void Fail(GroupFailure failure) => Close(failure, Notice.Of(failure));

    private void Close(GroupFailure failure, Notice word)
    {
        lock (_gate)
        {
            if (_failure is not null)
                return;

            _failure = failure;
        }

        _epochOver.Unregister();
        foreach (var (_, line) in Others())
            line.Close(word);
    }

    private void ThrowIfFailed()
    {
        lock (_gate)
            if (_failure is not null)
                throw _failure.ToException();
    }

    private IEnumerable<(int Rank, PeerLine Line)> Others() =>
        _lines.Index().Where(line => line.Item is not null).Select(line => (line.Index, line.Item!));
}
