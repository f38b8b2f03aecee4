using System.Text.Json;
using TorchSharp;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>Reads config.json, old spellings and new, and refuses a model that would compute something else here.</summary>
internal static class ModelConfigReader
{
    /// <summary>What transformers' Qwen3Config says when head_dim is left out.</summary>
    private const int Qwen3HeadDim = 128;

    private const string KnownArchitectures = "LlamaForCausalLM, Qwen2ForCausalLM, Qwen3ForCausalLM and Qwen3MoeForCausalLM";

    public static ModelConfig Read(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        using var document = JsonFile.Open(path);
        var keys = new ConfigKeys(path, document.RootElement);
        try
        {
            var config = Read(keys);
            return config.Problems() is { Count: > 0 } problems ? throw keys.Refusal(string.Join("; ", problems)) : config;
        }
        catch (InvalidOperationException failure)
        {
            throw new ModelFolderException(path, "has a string that is no Unicode; fetch the file again", failure);
        }
    }

    private static ModelConfig Read(ConfigKeys keys)
    {
        var architecture = Architecture(keys);
        RefuseUnknownArithmetic(keys, architecture);

        var isMoe = architecture == ModelArchitecture.Qwen3Moe;
        var isQwen2 = architecture == ModelArchitecture.Qwen2;
        var attentionBias = !isQwen2 && keys.Flag("attention_bias", false);
        var hidden = keys.Integer("hidden_size");
        var heads = keys.Integer("num_attention_heads");

        return new ModelConfig
        {
            Architecture = architecture,
            VocabularySize = keys.Integer("vocab_size"),
            HiddenSize = hidden,
            IntermediateSize = keys.Integer("intermediate_size"),
            Layers = keys.Integer("num_hidden_layers"),
            AttentionHeads = heads,
            KeyValueHeads = architecture == ModelArchitecture.Llama
                ? keys.OptionalInteger("num_key_value_heads") ?? heads
                : keys.Integer("num_key_value_heads"),
            HeadDim = keys.OptionalInteger("head_dim") ?? HeadDim(keys, architecture, hidden, heads),
            MaxPositions = keys.Integer("max_position_embeddings"),
            RmsNormEpsilon = keys.Number("rms_norm_eps") ?? 1e-6,
            RopeTheta = RopeTheta(keys),
            TieEmbeddings = keys.Flag("tie_word_embeddings", false),
            QkvBias = isQwen2 || attentionBias,
            OutputBias = attentionBias,
            QkNorm = architecture is ModelArchitecture.Qwen3 or ModelArchitecture.Qwen3Moe,
            Experts = isMoe ? keys.Integer("num_experts", "num_local_experts") : 0,
            ExpertsPerToken = isMoe ? keys.Integer("num_experts_per_tok") : 0,
            MoeIntermediateSize = isMoe ? keys.Integer("moe_intermediate_size") : 0,
            NormalizeTopK = isMoe && keys.Flag("norm_topk_prob", false),
            DecoderSparseStep = isMoe ? keys.OptionalInteger("decoder_sparse_step") ?? 1 : 1,
            MlpOnlyLayers = isMoe ? [.. keys.Integers("mlp_only_layers")] : [],
            Dtype = Dtype(keys),
            EosTokenIds = [.. keys.Integers("eos_token_id")],
            BosTokenId = keys.OptionalInteger("bos_token_id"),
            // Old Llama folders write -1 for "no padding".
            PadTokenId = keys.OptionalInteger("pad_token_id") is { } pad and not -1 ? pad : null,
        };
    }

    private static ModelArchitecture Architecture(ConfigKeys keys)
    {
        var names = keys.Find("architectures") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(name => name.ToString()).ToArray()
            : [];

        return names switch
        {
            ["LlamaForCausalLM"] => ModelArchitecture.Llama,
            ["Qwen2ForCausalLM"] => ModelArchitecture.Qwen2,
            ["Qwen3ForCausalLM"] => ModelArchitecture.Qwen3,
            ["Qwen3MoeForCausalLM"] => ModelArchitecture.Qwen3Moe,
            [] => throw keys.Refusal($"names no architectures; supported are {KnownArchitectures}"),
            _ => throw keys.Refusal($"architecture {string.Join(", ", names)} is not supported; supported are {KnownArchitectures}"),
        };
    }

    private static void RefuseUnknownArithmetic(ConfigKeys keys, ModelArchitecture architecture)
    {
        if (keys.Text("hidden_act") is { } activation and not "silu")
            throw keys.Refusal($"hidden_act {activation} is not supported; supported is silu");

        if (architecture != ModelArchitecture.Llama && keys.Flag("use_sliding_window", false) && keys.Find("sliding_window") is not null)
            throw keys.Refusal("sliding window attention is not supported; supported is full attention, use_sliding_window false");

        if (keys.Find("layer_types") is { ValueKind: JsonValueKind.Array } layers
            && layers.EnumerateArray().Any(layer => !layer.ValueEquals("full_attention")))
            throw keys.Refusal("layer_types has more than full_attention, and nothing else is supported");

        if (keys.Flag("mlp_bias", false))
            throw keys.Refusal("mlp_bias true is not supported; supported are MLPs without bias");

        if (keys.Find("quantization_config") is not null)
            throw keys.Refusal("quantized weights are not supported; take the model in float32, bfloat16 or float16");

        foreach (var rope in (ReadOnlySpan<ConfigKeys?>)[keys.Object("rope_scaling"), keys.Object("rope_parameters"), keys])
        {
            if (rope?.Number("partial_rotary_factor") is { } part and not 1)
                throw keys.Refusal($"partial_rotary_factor {part} is not supported; supported is 1");

            if (rope?.Text("rope_type", "type") is { } scaling and not "default")
                throw keys.Refusal($"rope scaling {scaling} is not supported; supported is default, which is none");
        }
    }

    private static int HeadDim(ConfigKeys keys, ModelArchitecture architecture, int hidden, int heads)
    {
        if (architecture == ModelArchitecture.Qwen3)
            return Qwen3HeadDim;

        return heads > 0 && hidden % heads == 0
            ? hidden / heads
            : throw keys.Refusal($"hidden_size ({hidden}) does not divide into num_attention_heads ({heads}), so head_dim must be given");
    }

    private static double RopeTheta(ConfigKeys keys)
    {
        var (old, now) = (keys.Number("rope_theta"), keys.Object("rope_parameters")?.Number("rope_theta"));
        if (old is not null && now is not null && old != now)
            throw keys.Refusal("rope_theta and rope_parameters.rope_theta mean the same but differ; remove one of them");

        return now ?? old ?? 10_000;
    }

    private static torch.ScalarType Dtype(ConfigKeys keys) => keys.Text("dtype", "torch_dtype") switch
    {
        null or "float32" => torch.ScalarType.Float32,
        "bfloat16" => torch.ScalarType.BFloat16,
        "float16" => torch.ScalarType.Float16,
        { } other => throw keys.Refusal($"dtype {other} is not supported; supported are float32, bfloat16 and float16"),
    };
}
