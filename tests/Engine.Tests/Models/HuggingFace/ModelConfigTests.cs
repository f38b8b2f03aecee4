using System.Text.Json;
using System.Text.Json.Nodes;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.HuggingFace;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models.HuggingFace;

public sealed class ModelConfigTests : IDisposable
{
    /// <summary>The config.json that Qwen/Qwen3-0.6B is published with.</summary>
    private const string Qwen3 = """
        {
          "architectures": ["Qwen3ForCausalLM"], "attention_bias": false, "attention_dropout": 0.0, "bos_token_id": 151643,
          "eos_token_id": 151645, "head_dim": 128, "hidden_act": "silu", "hidden_size": 1024, "initializer_range": 0.02,
          "intermediate_size": 3072, "max_position_embeddings": 40960, "max_window_layers": 28, "model_type": "qwen3",
          "num_attention_heads": 16, "num_hidden_layers": 28, "num_key_value_heads": 8, "rms_norm_eps": 1e-06,
          "rope_scaling": null, "rope_theta": 1000000, "sliding_window": null, "tie_word_embeddings": true,
          "torch_dtype": "bfloat16", "transformers_version": "4.51.0", "use_cache": true, "use_sliding_window": false,
          "vocab_size": 151936
        }
        """;

    /// <summary>The shape of Qwen/Qwen3-30B-A3B, with every second layer sparse and layer 3 not.</summary>
    private const string Qwen3Moe = """
        {
          "architectures": ["Qwen3MoeForCausalLM"], "decoder_sparse_step": 2, "eos_token_id": [151645, 151643], "head_dim": 128,
          "hidden_size": 2048, "intermediate_size": 6144, "max_position_embeddings": 40960, "mlp_only_layers": [3],
          "moe_intermediate_size": 768, "norm_topk_prob": true, "num_attention_heads": 32, "num_experts_per_tok": 8,
          "num_hidden_layers": 48, "num_key_value_heads": 4, "num_local_experts": 128, "rms_norm_eps": 1e-06,
          "rope_parameters": {"rope_theta": 1000000.0, "rope_type": "default"}, "dtype": "float16", "vocab_size": 151936
        }
        """;

    private const string Llama = """
        {
          "architectures": ["LlamaForCausalLM"], "hidden_size": 64, "intermediate_size": 128, "max_position_embeddings": 256,
          "num_attention_heads": 4, "num_hidden_layers": 2, "pad_token_id": -1, "rms_norm_eps": 1e-05, "vocab_size": 100
        }
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>A key, its new value, and what the refusal must say.</summary>
    public static TheoryData<string, string, string> Refused => new()
    {
        { "architectures", """["MistralForCausalLM"]""", "MistralForCausalLM is not supported; supported are LlamaForCausalLM" },
        { "architectures", "[]", "supported are" },
        { "architectures", """["LlamaForCausalLM","Qwen2ForCausalLM"]""", "not supported" },
        { "hidden_act", "\"gelu\"", "supported is silu" },
        { "rope_scaling", """{"rope_type":"yarn","factor":4.0}""", "rope scaling yarn" },
        { "rope_scaling", """{"type":"linear","factor":4.0}""", "rope scaling linear" },
        { "rope_parameters", """{"rope_type":"llama3","rope_theta":1000000}""", "rope scaling llama3" },
        { "rope_parameters", """{"rope_theta":5}""", "rope_theta and rope_parameters.rope_theta" },
        { "rope_parameters", "3", "rope_parameters is 3, not an object" },
        { "partial_rotary_factor", "0.5", "partial_rotary_factor" },
        { "layer_types", """["sliding_attention"]""", "layer_types" },
        { "mlp_bias", "true", "mlp_bias" },
        { "quantization_config", """{"quant_method":"fp8"}""", "quantized" },
        { "dtype", "\"float32\"", "dtype and torch_dtype" },
        { "torch_dtype", "\"int8\"", "dtype int8" },
        { "vocab_size", "null", "vocab_size is missing" },
        { "vocab_size", "0", "vocab_size is 0" },
        { "vocab_size", "\"7\"", "vocab_size is \"7\", not a whole number" },
        { "vocab_size", "1.5", "not a whole number" },
        { "vocab_size", "99999999999999999999", "not a whole number" },
        { "hidden_size", "2147483647", "hidden_size is 2147483647" },
        { "hidden_size", "-1", "hidden_size is -1" },
        { "num_hidden_layers", "2147483647", "num_hidden_layers" },
        { "num_attention_heads", "2147483647", "num_attention_heads" },
        { "num_attention_heads", "0", "num_attention_heads is 0" },
        { "num_key_value_heads", "0", "num_key_value_heads is 0" },
        { "num_key_value_heads", "3", "no multiple" },
        { "head_dim", "127", "must be even" },
        { "max_position_embeddings", "2147483647", "max_position_embeddings" },
        { "rms_norm_eps", "0", "rms_norm_eps" },
        { "rms_norm_eps", "\"small\"", "not a number" },
        { "rope_theta", "-1", "rope_theta" },
        { "rope_theta", "1e999", "rope_theta" },
        { "tie_word_embeddings", "1", "not true or false" },
        { "eos_token_id", "151936", "eos_token_id is 151936" },
        { "eos_token_id", "[1,-2]", "eos_token_id is -2" },
        { "eos_token_id", "[[1]]", "not a whole number" },
        { "hidden_act", "\"\\ud800\"", "no Unicode" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Worked_example()
    {
        var config = Read(Qwen3);

        Assert.Equal(ModelArchitecture.Qwen3, config.Architecture);
        Assert.Equal((151936, 1024, 3072, 28), (config.VocabularySize, config.HiddenSize, config.IntermediateSize, config.Layers));
        Assert.Equal((16, 8, 128, 40960), (config.AttentionHeads, config.KeyValueHeads, config.HeadDim, config.MaxPositions));
        Assert.Equal((1e-6, 1e6), (config.RmsNormEpsilon, config.RopeTheta));
        Assert.Equal((true, false, false, true), (config.TieEmbeddings, config.QkvBias, config.OutputBias, config.QkNorm));
        Assert.Equal(ScalarType.BFloat16, config.Dtype);
        Assert.Equal([151645], config.EosTokenIds);
        Assert.Equal((151643, null), (config.BosTokenId, config.PadTokenId));
        Assert.False(config.IsSparse(0));
    }

    [Fact]
    public void The_new_spellings_and_experts_are_read()
    {
        var config = Read(Qwen3Moe);

        Assert.Equal(ModelArchitecture.Qwen3Moe, config.Architecture);
        Assert.Equal((128, 8, 768, true), (config.Experts, config.ExpertsPerToken, config.MoeIntermediateSize, config.NormalizeTopK));
        Assert.Equal((1e6, ScalarType.Float16), (config.RopeTheta, config.Dtype));
        Assert.Equal([151645, 151643], config.EosTokenIds);
        Assert.Equal([false, true, false, false, false, true], Enumerable.Range(0, 6).Select(config.IsSparse));
    }

    [Fact]
    public void Llama_needs_neither_head_size_nor_key_value_heads()
    {
        var config = Read(Llama);

        Assert.Equal((ModelArchitecture.Llama, 4, 16), (config.Architecture, config.KeyValueHeads, config.HeadDim));
        Assert.Equal((1e-5, 10_000d, false), (config.RmsNormEpsilon, config.RopeTheta, config.QkNorm));
        Assert.Null(config.PadTokenId);
    }

    [Theory]
    [InlineData("LlamaForCausalLM", false, false, false)]
    [InlineData("LlamaForCausalLM", true, true, true)]
    [InlineData("Qwen2ForCausalLM", false, true, false)]
    [InlineData("Qwen2ForCausalLM", true, true, false)]
    [InlineData("Qwen3ForCausalLM", true, true, true)]
    public void Attention_adds_the_biases_that_transformers_adds(string architecture, bool attentionBias, bool qkv, bool output)
    {
        var json = JsonNode.Parse(Qwen3)!;
        json["architectures"] = new JsonArray(architecture);
        json["attention_bias"] = attentionBias;

        var config = Read(json.ToJsonString());

        Assert.Equal((qkv, output), (config.QkvBias, config.OutputBias));
    }

    [Theory]
    [InlineData(Qwen3)]
    [InlineData(Qwen3Moe)]
    [InlineData(Llama)]
    public void A_config_comes_back_as_it_was(string json)
    {
        var config = Read(json);

        config.WriteTo(_folder.Path);

        // Lists inside a record compare by reference, so both sides are compared as text.
        Assert.Equal(JsonSerializer.Serialize(config), JsonSerializer.Serialize(ModelConfig.Read(_folder.Path)));
        Assert.Equal(["config.json"], Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public void The_old_spellings_are_written_and_the_new_dtype()
    {
        Read(Qwen3Moe).WriteTo(_folder.Path);

        using var json = JsonDocument.Parse(File.ReadAllText(_folder["config.json"]));
        Assert.Equal(1e6, json.RootElement.GetProperty("rope_theta").GetDouble());
        Assert.Equal(128, json.RootElement.GetProperty("num_experts").GetInt32());
        Assert.Equal("float16", json.RootElement.GetProperty("torch_dtype").GetString());
        Assert.Equal("float16", json.RootElement.GetProperty("dtype").GetString());
        Assert.Equal("qwen3_moe", json.RootElement.GetProperty("model_type").GetString());
    }

    [Fact]
    public void A_shape_becomes_qwen3_and_with_experts_its_mixture()
    {
        var shape = new ModelShape
        {
            HiddenSize = 64,
            Layers = 2,
            AttentionHeads = 4,
            KeyValueHeads = 2,
            IntermediateSize = 96,
            Context = 128,
        };

        var dense = ModelConfig.FromShape(shape, 300);
        var sparse = ModelConfig.FromShape(shape with { Experts = 8, HeadDim = 32 }, 300);

        Assert.Equal((ModelArchitecture.Qwen3, 16, 96, 128, 1e-6), (dense.Architecture, dense.HeadDim, dense.IntermediateSize, dense.MaxPositions, dense.RmsNormEpsilon));
        Assert.Equal((ModelArchitecture.Qwen3Moe, 32, 8, 2, 96, true), (sparse.Architecture, sparse.HeadDim, sparse.Experts, sparse.ExpertsPerToken, sparse.MoeIntermediateSize, sparse.NormalizeTopK));
        Assert.True(sparse.IsSparse(0) && sparse.IsSparse(1));
        Assert.Throws<ArgumentException>(() => ModelConfig.FromShape(shape with { KeyValueHeads = 3 }, 300));
        Assert.Throws<ArgumentException>(() => ModelConfig.FromShape(shape with { AttentionHeads = 0 }, 300));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_would_compute_otherwise_is_refused(string key, string value, string saying)
    {
        var kept = JsonNode.Parse(Qwen3)!.AsObject();
        kept.Remove(key);
        var json = $"{{\"{key}\":{value},{kept.ToJsonString()[1..]}";

        var refusal = Assert.Throws<ModelFolderException>(() => Read(json));

        Assert.Equal(_folder["config.json"], refusal.Path);
        Assert.Contains(saying, refusal.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("num_experts_per_tok", "129", "num_experts_per_tok is 129")]
    [InlineData("num_experts_per_tok", "0", "num_experts_per_tok is 0")]
    [InlineData("num_local_experts", "0", "num_experts is 0")]
    [InlineData("num_local_experts", "2147483647", "num_experts is 2147483647")]
    [InlineData("num_experts", "64", "num_experts and num_local_experts mean the same")]
    [InlineData("decoder_sparse_step", "0", "decoder_sparse_step is 0")]
    [InlineData("mlp_only_layers", "[48]", "a layer of mlp_only_layers is 48")]
    [InlineData("moe_intermediate_size", "-5", "moe_intermediate_size is -5")]
    public void Experts_that_cannot_be_are_refused(string key, string value, string saying)
    {
        var json = JsonNode.Parse(Qwen3Moe)!;
        json[key] = JsonNode.Parse(value);

        Assert.Contains(saying, Assert.Throws<ModelFolderException>(() => Read(json.ToJsonString())).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sliding_window_is_refused_only_when_it_is_used()
    {
        var json = JsonNode.Parse(Qwen3)!;
        json["sliding_window"] = 4096;
        Assert.Equal(28, Read(json.ToJsonString()).Layers);

        json["use_sliding_window"] = true;
        Assert.Contains("sliding window", Assert.Throws<ModelFolderException>(() => Read(json.ToJsonString())).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var json = JsonNode.Parse(Qwen3)!;
        json["vocab_size"] = 0;
        json["head_dim"] = 7;

        var problem = Assert.Throws<ModelFolderException>(() => Read(json.ToJsonString())).Problem;

        Assert.Contains("vocab_size", problem, StringComparison.Ordinal);
        Assert.Contains("head_dim", problem, StringComparison.Ordinal);
    }

    private ModelConfig Read(string json)
    {
        File.WriteAllText(_folder["config.json"], json);
        return ModelConfig.Read(_folder.Path);
    }
}
