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
    private readonly long[] _sent, _received; // by rank: tensors that passed between these two alone
    private readonly int _name; // what others call this rank when it fails
    private long _calls;

    private TcpGroup(int rank, IReadOnlyList<int> members, PeerLine?[] lines)
    {
        _name = members[rank];
        (Rank, _lines, _sent, _received) = (rank, lines, new long[lines.Length], new long[lines.Length]);
        foreach (var (_, line) in Others())
            line.Listen(Hear);
    }

    public int Rank { get; }

    public int Size => _lines.Length;

    /// <summary>Connects to every other rank; returns when all lines stand.</summary>
    /// <param name="name">The same for all members.</param>
    /// <param name="endPoints">Of each rank's process, by rank.</param>
    /// <param name="members">What to call each rank when it fails, by rank; its number in the group if null.</param>
    /// <exception cref="PeerLostException">A rank could not be reached, or did not come in time, or a newer epoch has begun.</exception>
    public static async Task<TcpGroup> JoinAsync(
        PeerListener listener, GroupName name, int rank, IReadOnlyList<string> endPoints, TimeSpan patience, CancellationToken cancellationToken,
        IReadOnlyList<int>? members = null)
    {
        members ??= [.. Enumerable.Range(0, endPoints.Count)];
        var over = listener.Epochs.Enter(name);
        var group = new TcpGroup(
            rank, members, await PeerLines.ConnectAsync(listener, name, rank, endPoints, members, patience, over, cancellationToken));
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

    public void AllToAll(Tensor sent, Stretches to, Tensor received, Stretches from, CancellationToken cancellationToken) => Run(
        () => (Open(_calls, Collective.AllToAll, sent, to), Open(_calls++, Collective.AllToAll, received, from)),
        exchange =>
        {
            foreach (var (peer, _) in Others())
                exchange.Sent!.Send(peer, to[peer]);

            received.Stretch(from[Rank]).TakeOver(sent.Stretch(to[Rank]), Rank);
            foreach (var (peer, _) in Others())
                exchange.Received!.Receive(peer, from[peer]);
        },
        cancellationToken);

    public void Send(Tensor tensor, int to, CancellationToken cancellationToken) => Pass(tensor, to, null, from: -1, cancellationToken);

    public void Receive(Tensor tensor, int from, CancellationToken cancellationToken) => Pass(null, to: -1, tensor, from, cancellationToken);

    public void SendReceive(Tensor sent, int to, Tensor received, int from, CancellationToken cancellationToken) =>
        Pass(sent, to, received, from, cancellationToken);

    public void Abort(Exception reason) => Fail(GroupFailure.MetBy(_name, reason));

    /// <summary>Leaves. Who has received all of this rank's parts goes on; who still waits for one fails.</summary>
    public void Dispose()
    {
        var left = new PeerLostException($"Rank {_name} has left.");
        Close(new GroupFailure(_name, left), new Notice(NoticeKind.Left, _name, left.Message));
    }

    private void Pass(Tensor? sent, int to, Tensor? received, int from, CancellationToken cancellationToken) => Run(
        () => (
            sent is null ? null : Open(_sent[to.AsPeerOf(this)]++, Collective.Pass, sent, null),
            received is null ? null : Open(_received[from.AsPeerOf(this)]++, Collective.Pass, received, null)),
        exchange =>
        {
            exchange.Sent?.Send(to, (0, sent!.numel()));
            exchange.Received?.Receive(from, (0, received!.numel()));
        },
        cancellationToken);

    private void Run(Collective collective, Tensor tensor, Stretches? stretches, Action<PeerExchange> work, CancellationToken cancellationToken) =>
        Run(() => (Open(_calls++, collective, tensor, stretches), null), exchange => work(exchange.Sent!), cancellationToken);

    /// <param name="open">What is sent, and what is received where that is another tensor.</param>
    private void Run(
        Func<(PeerExchange? Sent, PeerExchange? Received)> open, Action<(PeerExchange? Sent, PeerExchange? Received)> work,
        CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(_ => Abort(new OperationCanceledException(cancellationToken)), null);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        (PeerExchange? Sent, PeerExchange? Received) exchange = default;
        try
        {
            ThrowIfFailed();
            exchange = open();
            work(exchange);
            exchange.Sent?.Finish();
        }
        catch (Exception failure) // Whatever it is, the others must not wait for ever.
        {
            Abort(failure);
            exchange.Sent?.FinishAnyhow();
            cancellationToken.ThrowIfCancellationRequested();
            if (failure is PeerFailedException)
                ThrowIfFailed();

            throw;
        }
        finally
        {
            exchange.Sent?.Dispose();
            exchange.Received?.Dispose();
        }
    }

    private PeerExchange Open(long call, Collective collective, Tensor tensor, Stretches? stretches)
    {
        stretches?.ThrowUnless(tensor.numel(), Size);
        return new PeerExchange(_lines, call, collective, tensor.InOnePiece());
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
