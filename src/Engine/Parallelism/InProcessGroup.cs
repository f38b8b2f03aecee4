using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Ranks on the threads of one process: they read each other's tensors where they lie.</summary>
/// <remarks>
/// In a call ranks meet twice. Before the first meeting anybody may fail, and then nobody passes it. Between the two they read each other's
/// tensors and wait for nothing, so each is sure to come to the second, and none leaves with a tensor that another still reads.
/// </remarks>
public sealed class InProcessGroup : IDisposable
{
    private readonly Call[] _calls;
    private readonly Rendezvous _rendezvous;
    private readonly Handovers _handovers;
    private readonly IReadOnlyList<int>? _members;

    /// <param name="members">What to call each rank when it fails, by rank; its number in the group if null.</param>
    public InProcessGroup(int size, IReadOnlyList<int>? members = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (_calls, _rendezvous, _handovers) = (new Call[size], new Rendezvous(size), new Handovers(size));
        _members = members;
        Ranks = [.. Enumerable.Range(0, size).Select(rank => new Member(this, rank))];
    }

    public IReadOnlyList<ICommunicator> Ranks { get; }

    /// <summary>Whoever still waits fails.</summary>
    public void Dispose() => End(new PeerLostException("The group is no more."));

    /// <summary>Ends the group for no fault of its ranks.</summary>
    internal void End(PeerLostException reason) => Fail(new GroupFailure(null, reason));

    /// <param name="work">Is given what every rank is about to do, by rank.</param>
    private void Run(int rank, Call call, Action<IReadOnlyList<Call>> work, CancellationToken cancellationToken) => Run(
        rank,
        () =>
        {
            call.ThrowIfUnfit(_calls.Length);
            _calls[rank] = call;
            _rendezvous.Meet();
            try
            {
                call.ThrowUnlessLike(_calls);
                work(_calls);
            }
            finally
            {
                _rendezvous.MeetForSure();
            }
        },
        cancellationToken);

    private void Pass(int rank, Tensor? sent, int to, Tensor? received, int from, CancellationToken cancellationToken) => Run(
        rank,
        () =>
        {
            var given = sent is null ? null : _handovers.Give(rank, to, sent.InOnePiece());
            if (received is not null)
                _handovers.Take(from, rank, received.InOnePiece());

            if (given is not null)
                _handovers.WaitUntilTaken(given);
        },
        cancellationToken);

    private void Run(int rank, Action work, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(_ => Fail(rank, new OperationCanceledException(cancellationToken)), null);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            work();
        }
        catch (Exception failure) // Whatever it is, the others must not wait for ever.
        {
            Fail(rank, failure);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private void Fail(int rank, Exception failure) => Fail(GroupFailure.MetBy(_members?[rank] ?? rank, failure));

    private void Fail(GroupFailure failure)
    {
        _rendezvous.Fail(failure);
        _handovers.Fail(failure);
    }

    /// <summary>What one rank is about to do.</summary>
    /// <param name="Stretches">Of <paramref name="Tensor"/>.</param>
    /// <param name="IsUneven">Ranks may bring tensors of different sizes.</param>
    private readonly record struct Call(Collective Collective, Tensor Tensor, Stretches? Stretches = null, int Root = 0, bool IsUneven = false)
    {
        public void ThrowIfUnfit(int size)
        {
            Tensor.InOnePiece();
            Stretches?.ThrowUnless(Tensor.numel(), size);
        }

        public void ThrowUnlessLike(Call[] others)
        {
            var mine = ToString();
            foreach (var (rank, other) in others.Index())
                if (other.ToString() is var theirs && theirs != mine)
                    throw new InvalidOperationException($"Rank {rank} calls {theirs} where another calls {mine}.");
        }

        public override string ToString() => IsUneven
            ? $"{Collective} of {Tensor.dtype}"
            : $"{Collective} of {Tensor.numel()} {Tensor.dtype} at {Stretches} from {Root}";
    }

    private sealed class Member(InProcessGroup group, int rank) : ICommunicator
    {
        public int Rank => rank;

        public int Size => group._calls.Length;

        public void ReduceScatterSum(Tensor tensor, Stretches stretches, CancellationToken cancellationToken) => group.Run(
            rank,
            new Call(Collective.ReduceScatter, tensor, stretches),
            calls =>
            {
                // Only this rank writes to this stretch of its tensor, and nobody reads it there.
                var theirs = calls.Select(call => call.Tensor.Stretch(stretches[rank])).ToArray();
                RankOrderSum.Compute(theirs[rank], rank, Size, (other, first, count) => theirs[other].narrow(0, first, count));
            },
            cancellationToken);

        public void AllGather(Tensor tensor, Stretches stretches, CancellationToken cancellationToken) => group.Run(
            rank,
            new Call(Collective.AllGather, tensor, stretches),
            calls =>
            {
                foreach (var (other, call) in calls.Index().Where(call => call.Index != rank))
                    tensor.Stretch(stretches[other]).copy_(call.Tensor.Stretch(stretches[other]));
            },
            cancellationToken);

        public void Broadcast(Tensor tensor, int root, CancellationToken cancellationToken) => group.Run(
            rank,
            new Call(Collective.Broadcast, tensor, Root: root),
            calls =>
            {
                if (rank != root)
                    tensor.copy_(calls[root].Tensor);
            },
            cancellationToken);

        public void AllToAll(Tensor sent, Stretches to, Tensor received, Stretches from, CancellationToken cancellationToken) => group.Run(
            rank,
            new Call(Collective.AllToAll, sent, to, IsUneven: true),
            calls =>
            {
                from.ThrowUnless(received.InOnePiece().numel(), Size);
                foreach (var (other, call) in calls.Index())
                    received.Stretch(from[other]).TakeOver(call.Tensor.Stretch(call.Stretches![rank]), other);
            },
            cancellationToken);

        public void Send(Tensor tensor, int to, CancellationToken cancellationToken) => group.Pass(rank, tensor, to.AsPeerOf(this), null, -1, cancellationToken);

        public void Receive(Tensor tensor, int from, CancellationToken cancellationToken) => group.Pass(rank, null, -1, tensor, from.AsPeerOf(this), cancellationToken);

        public void SendReceive(Tensor sent, int to, Tensor received, int from, CancellationToken cancellationToken) =>
            group.Pass(rank, sent, to.AsPeerOf(this), received, from.AsPeerOf(this), cancellationToken);

        public void Abort(Exception reason) => group.Fail(rank, reason);
    }
}
