using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>What a forward pass saw of the routers: loads, and the loss that evens them.</summary>
/// <remarks>
/// Sequence-wise balance loss, DeepSeek-V3, arXiv:2412.19437, Eq. 17–20: for a sequence of T tokens, Σ_e f_e·P_e with
/// f_e = E/(k·T)·(tokens that chose e) and P_e = mean probability of e. Being a sum over sequences, it does not depend on
/// how they are spread over micro-batches and ranks. The trace owns what it records, since a layer's scope ends first.
/// </remarks>
/// <param name="sequenceOf">[tokens], int64: which sequence each token belongs to.</param>
/// <param name="sequenceWeights">[sequences], float32: each sequence's share of the batch's loss.</param>
public sealed class RouterTrace(Tensor sequenceOf, Tensor sequenceWeights, bool withLoss) : IDisposable
{
    private readonly List<Tensor> _losses = [];

    /// <summary>Layer → tokens that each expert got, [experts], float32.</summary>
    public Dictionary<int, Tensor> Loads { get; } = [];

    /// <param name="probabilities">[tokens, experts].</param>
    /// <param name="chosen">[tokens, k], int64.</param>
    internal void Record(int layer, Tensor probabilities, Tensor chosen)
    {
        using var scope = NewDisposeScope();

        var marks = zeros_like(probabilities).detach().scatter_(1, chosen, ones_like(chosen, probabilities.dtype));
        Loads[layer] = marks.sum([0L]).detach().DetachFromDisposeScope();
        if (!withLoss)
            return;

        var (sequences, experts) = (sequenceWeights.size(0), probabilities.size(1));
        var lengths = zeros(sequences).index_add_(0, sequenceOf, ones(sequenceOf.size(0)), 1).unsqueeze(1);
        var fractions = zeros(sequences, experts).index_add_(0, sequenceOf, marks, 1) * experts / (chosen.size(1) * lengths);
        var means = zeros(sequences, experts).index_add(0, sequenceOf, probabilities, 1) / lengths;
        _losses.Add(((fractions * means).sum([1L]) * sequenceWeights).sum().DetachFromDisposeScope());
    }

    /// <summary>Σ over sparse layers; null for a dense model or where no loss was asked for.</summary>
    public Tensor? BalanceLoss() => _losses.Count == 0 ? null : stack(_losses).sum();

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[.. _losses, .. Loads.Values])
            tensor.Dispose();
    }
}
