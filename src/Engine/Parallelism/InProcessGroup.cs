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

    public InProcessGroup(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (_calls, _rendezvous) = (new Call[size], new Rendezvous(size));
        Ranks = [.. Enumerable.Range(0, size).Select(rank => new Member(this, rank))];
    }

    public IReadOnlyList<ICommunicator> Ranks { get; }

    /// <summary>Whoever still waits fails.</summary>
    public void Dispose() => End(new PeerLostException("The group is no more."));

    /// <summary>Ends the group for no fault of its ranks.</summary>
    internal void End(PeerLostException reason) => _rendezvous.Fail(new GroupFailure(null, reason));

    /// <param name="work">Is given this rank's flat tensor, and a way to everybody's.</param>
    private void Run(int rank, Call call, Action<Tensor, Func<int, Tensor>> work, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(_ => Fail(rank, new OperationCanceledException(cancellationToken)), null);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            call.ThrowIfUnfit(_calls.Length);
            _calls[rank] = call;
            _rendezvous.Meet();
            try
            {
                call.ThrowUnlessLike(_calls);
                work(call.Flat(), other => _calls[other].Flat());
            }
            finally
            {
                _rendezvous.MeetForSure();
            }
        }
        catch (Exception failure) // Whatever it is, the others must not wait for ever.
        {
            Fail(rank, failure);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private void Fail(int rank, Exception failure) => _rendezvous.Fail(GroupFailure.MetBy(rank, failure));

    /// <summary>What one rank is about to do.</summary>
    private readonly record struct Call(Collective Collective, Tensor Tensor, Stretches? Stretches = null, int Root = 0)
    {
        public Tensor Flat() => Tensor.view(-1);

        public void ThrowIfUnfit(int size)
        {
            if (!Tensor.is_contiguous())
                throw new ArgumentException("Only contiguous tensors can be shared.");

            Stretches?.ThrowUnless(Tensor.numel(), size);
        }

        public void ThrowUnlessLike(Call[] others)
        {
            var mine = ToString();
            foreach (var (rank, other) in others.Index())
                if (other.ToString() is var theirs && theirs != mine)
                    throw new InvalidOperationException($"Rank {rank} calls {theirs} where another calls {mine}.");
        }

        public override string ToString() => $"{Collective} of {Tensor.numel()} {Tensor.dtype} at {Stretches} from {Root}";
    }

    private sealed class Member(InProcessGroup group, int rank) : ICommunicator
    {
        public int Rank => rank;

        public int Size => group._calls.Length;

        public void ReduceScatterSum(Tensor tensor, Stretches stretches, CancellationToken cancellationToken) => group.Run(
            rank,
            new Call(Collective.ReduceScatter, tensor, stretches),
            (mine, theirs) =>
            {
                // Only this rank writes to this stretch of its tensor, and nobody reads it there.
                var (start, length) = stretches[rank];
                var flats = Enumerable.Range(0, Size).Select(theirs).ToArray();
                RankOrderSum.Compute(
                    mine.narrow(0, start, length), rank, Size, (other, first, count) => flats[other].narrow(0, start + first, count));
            },
            cancellationToken);

        public void AllGather(Tensor tensor, Stretches stretches, CancellationToken cancellationToken) => group.Run(
            rank,
            new Call(Collective.AllGather, tensor, stretches),
            (mine, theirs) =>
            {
                foreach (var other in Enumerable.Range(0, Size).Where(other => other != rank))
                {
                    var (start, length) = stretches[other];
                    mine.narrow(0, start, length).copy_(theirs(other).narrow(0, start, length));
                }
            },
            cancellationToken);

        public void Broadcast(Tensor tensor, int root, CancellationToken cancellationToken) => group.Run(
            rank,
            new Call(Collective.Broadcast, tensor, Root: root),
            (mine, theirs) =>
            {
                if (rank != root)
                    mine.copy_(theirs(root));
            },
            cancellationToken);

        public void Abort(Exception reason) => group.Fail(rank, reason);
    }
}
