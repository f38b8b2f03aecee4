namespace SeedOrleans.Engine.Models;

/// <summary>Elements of one layer's matrices, from the model's shape alone.</summary>
public static class LayerSize
{
    /// <summary>Those that one token is multiplied with: of routed experts, the ones it is sent to.</summary>
    /// <param name="layer">Counted from 0.</param>
    public static long Active(ModelConfig config, int layer) => Attention(config) + (config.IsSparse(layer)
        ? Router(config) + (config.ExpertsPerToken * GatedMlp(config, config.MoeIntermediateSize))
        : GatedMlp(config, config.IntermediateSize));

    /// <summary>Query, key, value and output projections.</summary>
    private static long Attention(ModelConfig config) =>
        2L * config.HiddenSize * config.HeadDim * (config.AttentionHeads + config.KeyValueHeads);

    private static long Router(ModelConfig config) => (long)config.HiddenSize * config.Experts;

    /// <summary>Gate, up and down.</summary>
    private static long GatedMlp(ModelConfig config, int intermediateSize) => 3L * config.HiddenSize * intermediateSize;
}
