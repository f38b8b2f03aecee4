using System.Security.Cryptography;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>Everything that a rank's next update depends on, as named tensors: weights, router biases, and the optimizer's memory.</summary>
/// <remarks>Belongs to the rank's device thread. Views of the trainer's own tensors, which it does not own.</remarks>
internal sealed class TrainerState : IDisposable
{
    private readonly List<(string Name, string Dtype, long[] Shape, Tensor Flat)> _tensors = [];

    public TrainerState(ModelWeights weights, AdamWOptimizer optimizer)
    {
        AddSlots("policy", weights.Flat, weights.Layout);
        foreach (var (name, flat) in optimizer.State())
            AddSlots($"optimizer/{name}", flat, weights.Layout);

        Add("policy/router_bias", weights.RouterBias.shape, weights.RouterBias.view(-1));
        Add("optimizer/step", [], optimizer.Steps.view(-1));
    }

    public IEnumerable<(string Name, long[] Shape)> Tensors => _tensors.Select(tensor => (tensor.Name, tensor.Shape));

    /// <summary>Copies this rank's part of what all ranks hold alike, so that together they write everything once.</summary>
    public IReadOnlyList<TensorPiece> Copy(int rank, int ranks)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        // Ranks share out one long row of all elements, so that each writes as much as the others.
        var total = _tensors.Sum(tensor => tensor.Flat.numel());
        var (from, to) = (total * rank / ranks, total * (rank + 1) / ranks);
        var at = 0L;
        List<TensorPiece> pieces = [];
        foreach (var (name, dtype, shape, flat) in _tensors)
        {
            var (start, end) = (Math.Max(from - at, 0), Math.Min(to - at, flat.numel()));
            at += flat.numel();
            if (start < end)
                pieces.Add(new TensorPiece(name, dtype, shape, start, flat.narrow(0, start, end - start).cpu().bytes.ToArray()));
        }

        return pieces;
    }

    /// <param name="bytes">All elements of the tensor, in row-major order.</param>
    public void Restore(string name, ReadOnlySpan<byte> bytes)
    {
        var tensor = _tensors.First(tensor => tensor.Name == name);
        bytes.CopyTo(tensor.Flat.bytes);
    }

    /// <returns>Bytes of the whole tensor.</returns>
    public long Bytes(string name)
    {
        var tensor = _tensors.First(tensor => tensor.Name == name);
        return tensor.Flat.numel() * TensorPiece.SizeOf(tensor.Dtype);
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

    private void AddSlots(string prefix, Tensor flat, WeightLayout layout)
    {
        foreach (var slot in layout.Slots)
            Add($"{prefix}/{slot.Name}", slot.Shape, flat.narrow(0, slot.Offset, slot.Count));
    }

    private void Add(string name, long[] shape, Tensor flat) =>
        _tensors.Add((name, flat.dtype == ScalarType.BFloat16 ? "BF16" : "F32", shape, flat.detach().DetachFromDisposeScope()));
}
