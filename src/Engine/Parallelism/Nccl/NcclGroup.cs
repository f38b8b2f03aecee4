using SeedOrleans.Engine.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism.Nccl;

/// <summary>One rank of a group whose ranks have a GPU each: tensors pass from GPU to GPU.</summary>
/// <remarks>
/// <para>
/// Tensors are on this rank's GPU. NCCL adds in an order of its own; where bits must be those of other groups (deterministic), ranks receive what
/// they add up and add it in rank order, which moves as many bytes. NCCL does not compare calls: ranks that make different ones wait for ever.
/// </para>
/// <para>
/// Another group of the same ranks, the control group, carries NCCL's id at the beginning and failures afterwards: each rank waits in it on a
/// thread of its own, so a rank that gives up, or a process that dies, is known to all at once and by name.
/// </para>
/// </remarks>
public sealed class NcclGroup : ICommunicator, IDisposable
{
    /// <summary>Of each peer's stretch at once, while ranks add up in rank order.</summary>
    private const long PieceBytes = 32 << 20;

    private readonly ICommunicator _control;
    private readonly bool _isDeterministic;
    private readonly int _name;
    private readonly CudaStream _stream;
    private readonly torch.Device _device;
    private readonly Lock _gate = new();
    private nint _communicator;
    private GroupFailure? _failure;

    private NcclGroup(ICommunicator control, int device, bool isDeterministic, int name, nint communicator, CudaStream stream)
    {
        (_control, _isDeterministic, _name, _communicator, _stream) = (control, isDeterministic, name, communicator, stream);
        _device = new torch.Device(DeviceType.CUDA, device);
        new Thread(Watch) { IsBackground = true, Name = $"control of rank {name}" }.Start();
    }

    public int Rank => _control.Rank;

    public int Size => _control.Size;

    /// <param name="control">Of the same ranks; this group's from now on.</param>
    /// <param name="device">This rank's GPU, counted from 0; no two ranks have the same.</param>
    /// <param name="name">What others call this rank when it fails; its number in the group if null.</param>
    /// <exception cref="NcclMissingException">The machine has no NCCL; the other ranks fail with it.</exception>
    public static unsafe NcclGroup Join(
        ICommunicator control, int device, CancellationToken cancellationToken, bool isDeterministic = true, int? name = null)
    {
        try
        {
            NcclLibrary.EnsureLoaded();
            NcclLibrary.UniqueId id = default;
            if (control.Rank == 0)
                NcclLibrary.Check(NcclLibrary.GetUniqueId(&id));

            using var passed = tensor(((ReadOnlySpan<byte>)id).ToArray());
            control.Broadcast(passed, 0, cancellationToken);
            passed.bytes.CopyTo(id);

            var stream = new CudaStream(device);
            nint communicator;
            NcclLibrary.Check(NcclLibrary.CommInitRank(&communicator, control.Size, id, control.Rank));
            return new NcclGroup(control, device, isDeterministic, name ?? control.Rank, communicator, stream);
        }
        catch (Exception failure) // Whatever it is, the others must not wait for ever.
        {
            control.Abort(failure);
            throw;
        }
    }

    public void AllReduceSum(Tensor tensor, CancellationToken cancellationToken)
    {
        var stretches = Stretches.Even(tensor.numel(), Size);
        if (_isDeterministic)
        {
            ReduceScatterSum(tensor, stretches, cancellationToken);
            AllGather(tensor, stretches, cancellationToken);
            return;
        }

        var (start, count, type) = Place(tensor);
        Run(() => Do(stream => NcclLibrary.AllReduce(start, start, (nuint)count, type, NcclLibrary.Sum, _communicator, stream)), cancellationToken);
    }

    public void ReduceScatterSum(Tensor tensor, Stretches stretches, CancellationToken cancellationToken)
    {
        stretches.ThrowUnless(tensor.numel(), Size);
        Run(() => (_isDeterministic ? (Action<Tensor, Stretches>)AddInRankOrder : AddAnyhow)(tensor, stretches), cancellationToken);
    }

    public void AllGather(Tensor tensor, Stretches stretches, CancellationToken cancellationToken)
    {
        stretches.ThrowUnless(tensor.numel(), Size);
        var (start, _, type) = Place(tensor);
        var width = tensor.element_size();
        Run(
            () => Do(stream =>
            {
                if (AreEqual(stretches))
                    return NcclLibrary.AllGather(At(Rank), start, (nuint)stretches[Rank].Length, type, _communicator, stream);

                for (var root = 0; root < Size; root++)
                    NcclLibrary.Check(NcclLibrary.Broadcast(At(root), At(root), (nuint)stretches[root].Length, type, root, _communicator, stream));

                return 0;
            }),
            cancellationToken);

        nint At(int rank) => start + (nint)(stretches[rank].Start * width);
    }

    public void Broadcast(Tensor tensor, int root, CancellationToken cancellationToken)
    {
        var (start, count, type) = Place(tensor);
        Run(() => Do(stream => NcclLibrary.Broadcast(start, start, (nuint)count, type, root, _communicator, stream)), cancellationToken);
    }

    public void AllToAll(Tensor sent, Stretches to, Tensor received, Stretches from, CancellationToken cancellationToken)
    {
        to.ThrowUnless(sent.numel(), Size);
        from.ThrowUnless(received.numel(), Size);
        Run(
            () =>
            {
                received.Stretch(from[Rank]).TakeOver(sent.Stretch(to[Rank]), Rank);
                Exchange(
                    Others().Select(peer => (peer, sent.Stretch(to[peer]))),
                    Others().Select(peer => (peer, received.Stretch(from[peer]))));
            },
            cancellationToken);
    }

    public void SendReceive(Tensor sent, int to, Tensor received, int from, CancellationToken cancellationToken) =>
        Run(() => Exchange([(to.AsPeerOf(this), sent)], [(from.AsPeerOf(this), received)]), cancellationToken);

    public void Send(Tensor tensor, int to, CancellationToken cancellationToken) => Run(() => Exchange([(to.AsPeerOf(this), tensor)], []), cancellationToken);

    public void Receive(Tensor tensor, int from, CancellationToken cancellationToken) => Run(() => Exchange([], [(from.AsPeerOf(this), tensor)]), cancellationToken);

    public void Barrier(CancellationToken cancellationToken)
    {
        using var nothing = zeros([1], device: _device);
        AllReduceSum(nothing, cancellationToken);
    }

    public void Abort(Exception reason)
    {
        lock (_gate)
            _failure ??= GroupFailure.MetBy(_name, reason);

        _control.Abort(reason);
    }

    /// <summary>Leaves; whoever still waits for this rank fails.</summary>
    public void Dispose()
    {
        Abort(new PeerLostException($"Rank {_name} has left."));
        End();
        _stream.Dispose();
    }

    /// <summary>Receives every rank's piece of this rank's stretch, and adds them up: the additions of <see cref="TcpGroup"/>.</summary>
    private void AddInRankOrder(Tensor tensor, Stretches stretches)
    {
        var step = PieceBytes / tensor.element_size();
        var longest = Enumerable.Range(0, Size).Max(rank => stretches[rank].Length);
        using var pieces = empty([Size, Math.Min(step, stretches[Rank].Length)], tensor.dtype, tensor.device);
        for (var first = 0L; first < longest; first += step)
        {
            using var scope = NewDisposeScope();
            var mine = PieceOf(Rank);
            Exchange(
                Others().Select(peer => (peer, PieceOf(peer))).Where(piece => piece.Item2.numel() > 0),
                Others().Select(peer => (peer, pieces[peer].narrow(0, 0, mine.numel()))).Where(piece => piece.Item2.numel() > 0));
            RankOrderSum.Compute(mine, Rank, Size, (peer, at, count) => pieces[peer].narrow(0, at, count));

            Tensor PieceOf(int rank)
            {
                var (start, length) = stretches[rank];
                var at = Math.Min(first, length);
                return tensor.Stretch((start + at, Math.Min(step, length - at)));
            }
        }
    }

    /// <summary>In the order that NCCL finds fastest.</summary>
    private void AddAnyhow(Tensor tensor, Stretches stretches)
    {
        var (start, _, type) = Place(tensor);
        var width = tensor.element_size();
        Do(stream =>
        {
            if (AreEqual(stretches))
                return NcclLibrary.ReduceScatter(start, At(Rank), (nuint)stretches[Rank].Length, type, NcclLibrary.Sum, _communicator, stream);

            for (var root = 0; root < Size; root++)
                NcclLibrary.Check(NcclLibrary.Reduce(At(root), At(root), (nuint)stretches[root].Length, type, NcclLibrary.Sum, root, _communicator, stream));

            return 0;
        });

        nint At(int rank) => start + (nint)(stretches[rank].Start * width);
    }

    private void Exchange(IEnumerable<(int Peer, Tensor Tensor)> sent, IEnumerable<(int Peer, Tensor Tensor)> received) => Do(stream =>
    {
        foreach (var (peer, tensor) in sent)
        {
            var (start, count, type) = Place(tensor);
            NcclLibrary.Check(NcclLibrary.Send(start, (nuint)count, type, peer, _communicator, stream));
        }

        foreach (var (peer, tensor) in received)
        {
            var (start, count, type) = Place(tensor);
            NcclLibrary.Check(NcclLibrary.Receive(start, (nuint)count, type, peer, _communicator, stream));
        }

        return 0;
    });

    /// <summary>Gives the GPU calls to make as one, and waits until it has.</summary>
    private unsafe void Do(Func<nint, int> calls)
    {
        _stream.FollowComputing();
        NcclLibrary.Check(NcclLibrary.GroupStart());
        NcclLibrary.Check(calls(_stream.Handle));
        NcclLibrary.Check(NcclLibrary.GroupEnd());
        while (!_stream.IsDone())
        {
            int failure;
            NcclLibrary.Check(NcclLibrary.CommGetAsyncError(_communicator, &failure));
            NcclLibrary.Check(failure);
            ThrowIfFailed();
            Thread.Yield();
        }
    }

    private void Run(Action work, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(_ => Abort(new OperationCanceledException(cancellationToken)), null);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            ThrowIfFailed();
            _stream.Enter();
            work();
        }
        catch (Exception failure) // Whatever it is, the others must not wait for ever.
        {
            Abort(failure);
            End();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>A call in the control group that nobody completes: it ends when a rank fails or leaves.</summary>
    private void Watch()
    {
        try
        {
            using var nothing = zeros(1);
            if (Size > 1)
                _control.Receive(nothing, (Rank + 1) % Size, CancellationToken.None);
        }
        catch (Exception failure) // Belongs to whoever calls next.
        {
            lock (_gate)
                _failure ??= GroupFailure.MetBy(_name, failure);
        }
    }

    private void End()
    {
        if (Interlocked.Exchange(ref _communicator, 0) is var communicator && communicator != 0)
            _ = NcclLibrary.CommAbort(communicator);
    }

    private void ThrowIfFailed()
    {
        lock (_gate)
            if (_failure is not null)
                throw _failure.ToException();
    }

    private (nint Start, long Count, int Type) Place(Tensor tensor) =>
        tensor.device_type == DeviceType.CUDA && tensor.device_index == _device.index
            ? (DevicePointer.Of(tensor.InOnePiece()), tensor.numel(), NcclLibrary.TypeOf(tensor.dtype))
            : throw new ArgumentException($"NCCL moves tensors of this rank's GPU, {_device}, and this one is on {tensor.device}; talk about it in another group.", nameof(tensor));

    private static bool AreEqual(Stretches stretches) =>
        Enumerable.Range(0, stretches.Ranks).All(rank => stretches[rank].Length == stretches[0].Length);

    private IEnumerable<int> Others() => Enumerable.Range(0, Size).Where(rank => rank != Rank);
}
