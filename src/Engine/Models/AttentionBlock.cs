using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Projections, norms and rotation around an <see cref="IAttention"/>: grouped queries, with QK-norm where the model has it.</summary>
/// <param name="config">Its heads are those at hand: all, or one tensor rank's.</param>
internal sealed class AttentionBlock(ModelConfig config, RotaryEmbedding rotary)
{
    /// <param name="input">[tokens, hidden].</param>
    /// <param name="rotation">Of these tokens' positions.</param>
    /// <returns>[tokens, hidden].</returns>
    public Tensor Forward(int layer, Tensor input, LayerWeights weights, (Tensor, Tensor) rotation, IAttention attention)
    {
        using var scope = NewDisposeScope();

        var (heads, shared, size) = (config.AttentionHeads, config.KeyValueHeads, config.HeadDim);
        var projected = weights.QueryKeyValue.Apply(input).view(input.size(0), heads + (2 * shared), size);

        var turned = rotary.Rotate(QkNorm(weights, projected.narrow(1, 0, heads + shared)), rotation);
        var mixed = attention.Attend(
            layer, turned.narrow(1, 0, heads), turned.narrow(1, heads, shared), projected.narrow(1, heads + shared, shared));

        return weights.Output.Apply(mixed).MoveToOuterDisposeScope();
    }

    /// <param name="queriesAndKeys">[tokens, heads + keyValueHeads, headDim].</param>
    private Tensor QkNorm(LayerWeights weights, Tensor queriesAndKeys)
    {
        if (weights.QueryNorm is null || weights.KeyNorm is null)
            return queriesAndKeys;

        using var scope = NewDisposeScope();
        var gain = weights.QueryKeyGain ?? weights.MakeQueryKeyGain(config);
        return (FusedOperators.RmsNorm(queriesAndKeys, null, config.RmsNormEpsilon) * gain).MoveToOuterDisposeScope();
    }
}
