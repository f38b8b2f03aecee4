using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Ranks on the threads of one process: they read each other's tensors where they lie.</summary>
/// <remarks>
/// Each rank sums one stretch of all tensors in rank order, then everybody copies the whole. So a sum's bits depend on the
/// number of ranks and never on who came first.
/// </remarks>
public sealed class InProcessGroup : IDisposable
{
    private readonly Barrier _barrier;
    private readonly Tensor[] _tensors;
    private readonly CancellationTokenSource _aborted = new();
    private Tensor? _sum;
    private PeerFailedException? _failure;

    public InProcessGroup(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _barrier = new Barrier(size);
        _tensors = new Tensor[size];
        Ranks = [.. Enumerable.Range(0, size).Select(rank => new Member(this, rank))];
    }

    public IReadOnlyList<ICommunicator> Ranks { get; }

    public void Dispose()
    {
        _barrier.Dispose();
        _aborted.Dispose();
    }

    private void AllReduceSum(int rank, Tensor tensor, CancellationToken cancellationToken)
    {
        if (_tensors.Length == 1)
            return;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _aborted.Token);
        try
        {
            _tensors[rank] = tensor;
            if (rank == 0)
                _sum = empty_like(tensor).DetachFromDisposeScope();

            _barrier.SignalAndWait(either.Token);

            // From here on others read this rank's tensor, so a cancelled rank may not leave and free it.
            SumStretch(rank);
            _barrier.SignalAndWait(_aborted.Token);
            tensor.copy_(_sum!);
            _barrier.SignalAndWait(_aborted.Token);
        }
        catch (OperationCanceledException) when (_failure is not null)
        {
            throw _failure;
        }

        if (rank == 0)
            _sum!.Dispose();
    }

    private void SumStretch(int rank)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        var count = _sum!.numel();
        var (start, end) = (count * rank / _tensors.Length, count * (rank + 1) / _tensors.Length);
        var stretch = _sum.view(-1).narrow(0, start, end - start);

        stretch.copy_(_tensors[0].view(-1).narrow(0, start, end - start));
        foreach (var addend in _tensors.Skip(1))
            stretch.add_(addend.view(-1).narrow(0, start, end - start));
    }

    private void Abort(int rank, Exception reason)
    {
        Interlocked.CompareExchange(ref _failure, new PeerFailedException(rank, reason), null);
        _aborted.Cancel();
    }

    private sealed class Member(InProcessGroup group, int rank) : ICommunicator
    {
        public int Rank => rank;

        public int Size => group._tensors.Length;

        public void AllReduceSum(Tensor tensor, CancellationToken cancellationToken) =>
            group.AllReduceSum(rank, tensor, cancellationToken);

        public void Abort(Exception reason) => group.Abort(rank, reason);
    }
}
