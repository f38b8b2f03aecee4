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
/// <param name="sum">Adds a tensor up over the ranks that see other tokens of the same sequences, in place; null where this one sees all.</param>
public sealed class RouterTrace(Tensor sequenceOf, Tensor sequenceWeights, bool withLoss, Action<Tensor>? sum = null) : IDisposable
{
    private readonly List<Tensor> _losses = [];

    /// <summary>Layer → tokens that each expert got, [experts], float32.</summary>
    public Dictionary<int, Tensor> Loads { get; } = [];

    /// <summary>Notes a layer's loads; to note them again, when the layer is computed again, changes nothing.</summary>
    /// <param name="probabilities">[tokens, experts].</param>
    /// <param name="chosen">[tokens, k], int64.</param>
    /// <returns>These tokens' part of the layer's loss, for <see cref="AddLoss"/>; null where no loss was asked for.</returns>
    internal Tensor? Record(int layer, Tensor probabilities, Tensor chosen)
    {
        using var scope = NewDisposeScope();

        var marks = zeros_like(probabilities).detach().scatter_(1, chosen, ones_like(chosen, probabilities.dtype));
        if (!Loads.ContainsKey(layer))
            Loads[layer] = marks.sum([0L]).detach().DetachFromDisposeScope();

        if (!withLoss)
            return null;

        var (sequences, experts) = (sequenceWeights.size(0), probabilities.size(1));
        var counts = cat(
            [
                zeros(sequences, experts).index_add_(0, sequenceOf, marks, 1),
                zeros(sequences, 1).index_add_(0, sequenceOf, ones(sequenceOf.size(0), 1), 1),
            ],
            1);
        sum?.Invoke(counts);
        var lengths = counts.narrow(1, experts, 1);
        var fractions = counts.narrow(1, 0, experts) * experts / (chosen.size(1) * lengths);
        var means = zeros(sequences, experts).index_add(0, sequenceOf, probabilities, 1) / lengths;
        return ((fractions * means).sum([1L]) * sequenceWeights).sum().MoveToOuterDisposeScope();
    }

    internal void AddLoss(Tensor loss) => _losses.Add(loss.DetachFromDisposeScope());

    /// <summary>Σ over sparse layers; null for a dense model or where no loss was asked for.</summary>
    public Tensor? BalanceLoss() => _losses.Count == 0 ? null : stack(_losses).sum();

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[.. _losses, .. Loads.Values])
            tensor.Dispose();
    }
}
