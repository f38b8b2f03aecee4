using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Where threads leave tensors for one another, each to be copied where it lies by the one that it is for.</summary>
internal sealed class Handovers(int size)
{
    private readonly object _gate = new(); // Monitor can wait and wake; Lock cannot.
    private readonly Handover?[] _left = new Handover?[size * size];
    private GroupFailure? _failure;

    /// <summary>Leaves a tensor, which stays as it is until <see cref="WaitUntilTaken"/> returns.</summary>
    public Handover Give(int from, int to, Tensor tensor)
    {
        var given = new Handover(tensor);
        lock (_gate)
        {
            ThrowIfFailed();
            _left[(from * size) + to] = given;
            Monitor.PulseAll(_gate);
        }

        return given;
    }

    /// <exception cref="PeerFailedException">Somebody failed before it was taken.</exception>
    public void WaitUntilTaken(Handover given)
    {
        lock (_gate)
            while (given.State != HandoverState.Taken)
            {
                // Whoever has begun to copy is sure to end.
                if (given.State == HandoverState.Left)
                    ThrowIfFailed();

                Monitor.Wait(_gate);
            }
    }

    /// <summary>Waits for a tensor and copies it.</summary>
    /// <exception cref="PeerFailedException">Somebody failed before it was there.</exception>
    /// <exception cref="InvalidOperationException">It is of another size or type than <paramref name="place"/>.</exception>
    public void Take(int from, int to, Tensor place)
    {
        Handover given;
        lock (_gate)
        {
            while (_left[(from * size) + to] is null)
            {
                ThrowIfFailed();
                Monitor.Wait(_gate);
            }

            ThrowIfFailed();
            given = _left[(from * size) + to]!;
            _left[(from * size) + to] = null;
            given.State = HandoverState.BeingTaken;
        }

        try
        {
            place.TakeOver(given.Tensor, from);
        }
        finally
        {
            lock (_gate)
            {
                given.State = HandoverState.Taken;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Whoever waits throws. The first failure counts.</summary>
    public void Fail(GroupFailure failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            Monitor.PulseAll(_gate);
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
            throw _failure.ToException();
    }

    internal enum HandoverState
    {
        Left,
        BeingTaken,
        Taken,
    }

    internal sealed class Handover(Tensor tensor)
    {
        public Tensor Tensor => tensor;

        public HandoverState State { get; set; }
    }
}
