using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>Writes config.json in the old spellings, which every version of transformers reads, plus the new dtype.</summary>
internal static class ModelConfigWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static void Write(ModelConfig config, string folder)
    {
        if (config.Problems() is { Count: > 0 } problems)
            throw new ModelFolderException(folder, $"this config describes no model: {string.Join("; ", problems)}");

        AtomicFile.Write(
            Path.Combine(folder, "config.json"),
            stream => JsonSerializer.Serialize(stream, Json(config), Indented));
    }

    private static JsonObject Json(ModelConfig config)
    {
        var (name, type) = config.Architecture switch
        {
            ModelArchitecture.Llama => ("LlamaForCausalLM", "llama"),
            ModelArchitecture.Qwen2 => ("Qwen2ForCausalLM", "qwen2"),
            ModelArchitecture.Qwen3 => ("Qwen3ForCausalLM", "qwen3"),
            _ => ("Qwen3MoeForCausalLM", "qwen3_moe"),
        };
        var dtype = config.Dtype switch
        {
            torch.ScalarType.BFloat16 => "bfloat16",
            torch.ScalarType.Float16 => "float16",
            _ => "float32",
        };

        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(name),
            ["model_type"] = type,
            ["vocab_size"] = config.VocabularySize,
            ["hidden_size"] = config.HiddenSize,
            ["intermediate_size"] = config.IntermediateSize,
            ["num_hidden_layers"] = config.Layers,
            ["num_attention_heads"] = config.AttentionHeads,
            ["num_key_value_heads"] = config.KeyValueHeads,
            ["head_dim"] = config.HeadDim,
            ["hidden_act"] = "silu",
            ["max_position_embeddings"] = config.MaxPositions,
            ["rms_norm_eps"] = config.RmsNormEpsilon,
            ["rope_theta"] = config.RopeTheta,
            ["rope_scaling"] = null,
            ["tie_word_embeddings"] = config.TieEmbeddings,
            ["attention_dropout"] = 0.0,
            ["bos_token_id"] = config.BosTokenId,
            ["eos_token_id"] = EosTokenId(config.EosTokenIds),
            ["pad_token_id"] = config.PadTokenId,
            ["torch_dtype"] = dtype,
            ["dtype"] = dtype,
        };

        if (config.Architecture != ModelArchitecture.Qwen2)
            json["attention_bias"] = config.QkvBias;

        if (config.Architecture != ModelArchitecture.Llama)
            json["use_sliding_window"] = false;

        if (config.Architecture == ModelArchitecture.Qwen3Moe)
            AddExperts(json, config);

        return json;
    }

    private static void AddExperts(JsonObject json, ModelConfig config)
    {
        json["num_experts"] = config.Experts;
        json["num_experts_per_tok"] = config.ExpertsPerToken;
        json["moe_intermediate_size"] = config.MoeIntermediateSize;
        json["norm_topk_prob"] = config.NormalizeTopK;
        json["decoder_sparse_step"] = config.DecoderSparseStep;
        json["mlp_only_layers"] = new JsonArray([.. config.MlpOnlyLayers.Select(layer => JsonValue.Create(layer))]);
    }

    private static JsonNode? EosTokenId(ImmutableArray<int> ids) => ids switch
    {
        [] => null,
        [var only] => only,
        _ => new JsonArray([.. ids.Select(id => JsonValue.Create(id))]),
    };
}
