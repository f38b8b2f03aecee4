using TorchSharp;

namespace SeedOrleans.Engine.Models;

/// <summary>Finds what makes a config impossible, so that a hostile or mistaken one fails before anything is allocated.</summary>
internal static class ModelConfigCheck
{
    /// <summary>Far above any model; the product of two sizes still fits a long, of heads and head size an int.</summary>
    private const int MostUnits = 1 << 24, MostHeads = 1 << 14, MostHeadDim = 1 << 14, MostLayers = 1 << 14,
        MostExperts = 1 << 16, MostPositions = 1 << 27;

    public static IReadOnlyList<string> Problems(ModelConfig config) =>
    [
        .. Sizes(config), .. Attention(config), .. Experts(config), .. Numbers(config), .. Tokens(config),
    ];

    private static IEnumerable<string> Sizes(ModelConfig config)
    {
        (string Key, int Value, int Most)[] sizes =
        [
            ("vocab_size", config.VocabularySize, MostUnits),
            ("hidden_size", config.HiddenSize, MostUnits),
            ("intermediate_size", config.IntermediateSize, MostUnits),
            ("num_hidden_layers", config.Layers, MostLayers),
            ("num_attention_heads", config.AttentionHeads, MostHeads),
            ("num_key_value_heads", config.KeyValueHeads, MostHeads),
            ("head_dim", config.HeadDim, MostHeadDim),
            ("max_position_embeddings", config.MaxPositions, MostPositions),
        ];

        return sizes.SelectMany(size => OutsideOf(1, size.Most, size.Key, size.Value));
    }

    private static IEnumerable<string> Attention(ModelConfig config)
    {
        if (config.KeyValueHeads > 0 && config.AttentionHeads % config.KeyValueHeads != 0)
            yield return $"num_attention_heads ({config.AttentionHeads}) is no multiple of num_key_value_heads ({config.KeyValueHeads})";

        if (config.HeadDim % 2 != 0)
            yield return $"head_dim is {config.HeadDim}, but rotary embeddings turn pairs: it must be even";

        if (config.QkNorm != (config.Architecture is ModelArchitecture.Qwen3 or ModelArchitecture.Qwen3Moe))
            yield return $"{config.Architecture} {(config.QkNorm ? "has no norm" : "needs a norm")} over queries and keys";

        var biases = (config.QkvBias, config.OutputBias);
        if (config.Architecture == ModelArchitecture.Qwen2 ? biases != (true, false) : config.QkvBias != config.OutputBias)
            yield return $"{config.Architecture} has no attention with QkvBias {config.QkvBias} and OutputBias {config.OutputBias}";
    }

    private static IEnumerable<string> Experts(ModelConfig config)
    {
        if (config.Architecture != ModelArchitecture.Qwen3Moe)
            return config.Experts == 0 ? [] : [$"{config.Architecture} is dense, but has {config.Experts} experts"];

        return
        [
            .. OutsideOf(1, MostExperts, "num_experts", config.Experts),
            .. OutsideOf(1, Math.Max(1, config.Experts), "num_experts_per_tok", config.ExpertsPerToken),
            .. OutsideOf(1, MostUnits, "moe_intermediate_size", config.MoeIntermediateSize),
            .. OutsideOf(1, int.MaxValue, "decoder_sparse_step", config.DecoderSparseStep),
            .. config.MlpOnlyLayers.SelectMany(layer => OutsideOf(0, config.Layers - 1, "a layer of mlp_only_layers", layer)),
        ];
    }

    private static IEnumerable<string> Numbers(ModelConfig config)
    {
        if (config.RmsNormEpsilon is not (> 0 and < 1))
            yield return $"rms_norm_eps is {config.RmsNormEpsilon}; it must lie between 0 and 1";

        if (config.RopeTheta is not (> 0 and < 1e15))
            yield return $"rope_theta is {config.RopeTheta}; it must lie between 0 and 1e15";

        if (config.Dtype is not (torch.ScalarType.Float32 or torch.ScalarType.BFloat16 or torch.ScalarType.Float16))
            yield return $"dtype is {config.Dtype}; weights are float32, bfloat16 or float16";
    }

    private static IEnumerable<string> Tokens(ModelConfig config) =>
    [
        .. config.EosTokenIds.SelectMany(id => OutsideOf(0, config.VocabularySize - 1, "eos_token_id", id)),
        .. OutsideOf(0, config.VocabularySize - 1, "bos_token_id", config.BosTokenId ?? 0),
        .. OutsideOf(0, config.VocabularySize - 1, "pad_token_id", config.PadTokenId ?? 0),
    ];

    private static IEnumerable<string> OutsideOf(int least, int most, string key, int value) =>
        value >= least && value <= most ? [] : [$"{key} is {value}; it must lie between {least} and {most}"];
}
