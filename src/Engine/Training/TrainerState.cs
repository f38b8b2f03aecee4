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

    public TrainerState(ModelWeights weights, AdamWOptimizer optimizer)
    {
        AddSlots("policy", weights.Flat, weights.Layout);
        foreach (var (name, flat) in optimizer.State())
            AddSlots($"optimizer/{name}", flat, weights.Layout);

        Add("policy/router_bias", weights.RouterBias.shape, weights.RouterBias.view(-1));
        Add("optimizer/step", [], optimizer.Steps.view(-1));
    }

    /// <summary>Copies this rank's part of what all ranks hold alike, so that together they write everything once.</summary>
    public CopiedPieces Copy(int rank, int ranks)
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

    /// <summary>Makes the memory that <see cref="Copy(int, int)"/> needs, so that the first copy is as quick as the next. Any thread's.</summary>
    public void Prepare(int rank, int ranks)
    {
        var total = _tensors.Sum(tensor => tensor.Flat.numel() * TensorPiece.SizeOf(tensor.Dtype));
        _copies.Prepare((total * (rank + 1) / ranks) - (total * rank / ranks));
    }

    /// <summary>Sets everything from a checkpoint, reading into the tensors' own memory. Meanwhile nobody else may use them.</summary>
    /// <exception cref="CheckpointException">It lacks something, or is damaged; the state is then half old, half new.</exception>
    public async Task LoadAsync(CheckpointStore checkpoints, CheckpointManifest manifest, CancellationToken cancellationToken)
    {
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
        foreach (var tensor in _tensors)
            tensor.Flat.Dispose();
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
