using System.Diagnostics;
using System.Security.Cryptography;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>Everything that a rank's next update depends on, as named tensors: weights, router biases, and the optimizer's memory.</summary>
/// <remarks>Belongs to the rank's device thread. Views of the trainer's own tensors, which it does not own.</remarks>
internal sealed class TrainerState : IDisposable
{
    /// <summary>Loaded at once; each reads several ranges at once where it is large.</summary>
    private const int TensorsAtOnce = 2;

    private readonly List<(string Name, string Dtype, long[] Shape, Tensor Flat)> _tensors = [];
    private readonly CopyMemory _copies = new();
    private Task _copying = Task.CompletedTask;

    public TrainerState(ModelWeights weights, AdamWOptimizer optimizer)
    {
        AddSlots("policy", weights.Flat, weights.Layout);
        foreach (var (name, flat) in optimizer.State())
            AddSlots($"optimizer/{name}", flat, weights.Layout);

        Add("policy/router_bias", weights.RouterBias.shape, weights.RouterBias.view(-1));
        Add("optimizer/step", [], optimizer.Steps.view(-1));
    }

    /// <summary>For copies, over its whole life.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Copies this rank's part of what all ranks hold alike, so that together they write everything once.</summary>
    /// <remarks>Goes on beside whatever leaves the state as it is; whoever changes it calls <see cref="WaitForCopy"/> before.</remarks>
    public Task<CopiedPieces> CopyAsync(int rank, int ranks)
    {
        WaitForCopy();
        var copying = Task.Run(() => Copy(rank, ranks));
        _copying = copying;
        return copying;
    }

    /// <summary>Returns when no copy is under way. How it ended is for those who asked for it.</summary>
    public void WaitForCopy()
    {
        var start = Stopwatch.GetTimestamp();
        _copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        Waited += Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Makes the memory that <see cref="CopyAsync"/> needs, so that the first copy is as quick as the next. Any thread's.</summary>
    public void Prepare(int rank, int ranks)
    {
        var total = _tensors.Sum(tensor => tensor.Flat.numel() * TensorPiece.SizeOf(tensor.Dtype));
        _copies.Prepare((total * (rank + 1) / ranks) - (total * rank / ranks));
    }

    /// <summary>Sets everything from a checkpoint, reading into the tensors' own memory. Meanwhile nobody else may use them.</summary>
    /// <exception cref="CheckpointException">It lacks something, or is damaged; the state is then half old, half new.</exception>
    public async Task LoadAsync(CheckpointStore checkpoints, CheckpointManifest manifest, CancellationToken cancellationToken)
    {
        WaitForCopy();
        var parts = from tensor in _tensors
                    from memory in TensorMemory.Of(tensor.Flat)
                    from box in Box.OfStretch(tensor.Shape, memory.Start, memory.Count)
                    select (tensor.Name, box, Bytes: memory.Slice(Box.Place(tensor.Shape, box.Offsets), box.Count()));

        await Parallel.ForEachAsync(
            parts.ToArray(),
            new ParallelOptions { MaxDegreeOfParallelism = TensorsAtOnce, CancellationToken = cancellationToken },
            async (part, token) => await checkpoints.ReadTensorAsync(manifest, part.Name, part.box, part.Bytes, token));
    }

    /// <returns>SHA-256 of the weights and router biases, lower-case hexadecimal.</returns>
    public string WeightsHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in _tensors.Where(tensor => tensor.Name.StartsWith("policy/", StringComparison.Ordinal)))
            hash.AppendData(tensor.Flat.bytes);

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        WaitForCopy();
        foreach (var tensor in _tensors)
            tensor.Flat.Dispose();
    }

    private CopiedPieces Copy(int rank, int ranks)
    {
        using var guard = no_grad();

        // Ranks share out one long row of all elements, so that each writes as much as the others.
        var total = _tensors.Sum(tensor => tensor.Flat.numel());
        var (from, to) = (total * rank / ranks, total * (rank + 1) / ranks);
        var at = 0L;
        var copy = _copies.Begin();
        foreach (var (name, dtype, shape, flat) in _tensors)
        {
            var (start, end) = (Math.Max(from - at, 0), Math.Min(to - at, flat.numel()));
            at += flat.numel();
            Copy(copy, new TensorPiece(name, dtype, shape, start, default), flat, end);
        }

        return copy;
    }

    /// <param name="piece">Where to begin.</param>
    private static void Copy(CopiedPieces copy, TensorPiece piece, Tensor flat, long end)
    {
        var size = TensorPiece.SizeOf(piece.Dtype);
        for (var start = piece.Start; start < end;)
        {
            var room = copy.Take((end - start) * size);
            using var stretch = flat.narrow(0, start, room.Length / size);
            using var here = stretch.cpu();
            here.bytes.CopyTo(room.Span);
            copy.Add(piece with { Start = start, Bytes = room });
            start += room.Length / size;
        }
    }

    private void AddSlots(string prefix, Tensor flat, WeightLayout layout)
    {
        foreach (var slot in layout.Slots)
            Add($"{prefix}/{slot.Name}", slot.Shape, flat.narrow(0, slot.Offset, slot.Count));
    }

    private void Add(string name, long[] shape, Tensor flat) =>
        _tensors.Add((name, flat.dtype == ScalarType.BFloat16 ? "BF16" : "F32", shape, flat.detach().DetachFromDisposeScope()));
}
