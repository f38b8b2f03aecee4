using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.HuggingFace;
using SeedOrleans.Engine.Tests.Models.HuggingFace;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models;

public sealed class PolicyFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dense", ScalarType.Float32, long.MaxValue)]
    [InlineData("moe", ScalarType.Float32, 4096)]
    [InlineData("qwen2", ScalarType.BFloat16, 4096)]
    [InlineData("moe", ScalarType.BFloat16, long.MaxValue)]
    [InlineData("llama", ScalarType.Float32, 1)]
    public void What_is_saved_is_loaded_to_the_bit(string model, ScalarType type, long maxShardBytes)
    {
        using var weights = ModelWeights.Random(TinyModels.Named(model), seed: 1, type);
        PolicyFolder.Save(weights, _folder.Path, maxShardBytes);
        using var loaded = PolicyFolder.Load(_folder.Path, type);

        Assert.Equal(maxShardBytes < long.MaxValue, File.Exists(_folder["model.safetensors.index.json"]));
        Assert.Equal(TinyModels.Named(model) with { Dtype = type, MlpOnlyLayers = [], EosTokenIds = [] }, loaded.Config with { MlpOnlyLayers = [], EosTokenIds = [] });
        Assert.True(Same(weights.Flat, loaded.Flat));
    }

    [Fact]
    public void Weights_on_disk_may_be_of_another_type_than_in_memory()
    {
        using var scope = NewDisposeScope();
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 1, ScalarType.BFloat16);
        PolicyFolder.Save(weights, _folder.Path);
        using var loaded = PolicyFolder.Load(_folder.Path);

        Assert.Equal(ScalarType.Float32, loaded.Config.Dtype);
        Assert.True(Same(weights.Flat.to(float32), loaded.Flat));
    }

    [Fact]
    public void Router_biases_come_back()
    {
        using var scope = NewDisposeScope();
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 1);
        weights.RouterBias.select(0, 1).copy_(tensor((float[])[0.25f, -0.5f, 0, 1e-3f]));
        PolicyFolder.Save(weights, _folder.Path);
        using var loaded = PolicyFolder.Load(_folder.Path);

        Assert.True(Same(weights.RouterBias, loaded.RouterBias));
    }

    [Fact]
    public void A_tied_model_that_stores_its_head_too_is_fine_while_they_agree()
    {
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 1);
        Rewrite(weights, tensors => tensors["lm_head.weight"] = weights["embedding"]);

        using var loaded = PolicyFolder.Load(_folder.Path);

        Assert.True(Same(weights.Flat, loaded.Flat));
    }

    [Fact]
    public void A_tied_head_that_differs_is_refused()
    {
        using var scope = NewDisposeScope();
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 1);
        Rewrite(weights, tensors => tensors["lm_head.weight"] = weights["embedding"] + 1);

        Refuses("lm_head.weight differs from the embedding; set it to false");
    }

    [Theory]
    [InlineData("model.norm.weight")]
    [InlineData("model.layers.1.self_attn.k_norm.weight")]
    [InlineData("model.layers.0.mlp.experts.3.up_proj.weight")]
    [InlineData("model.layers.0.mlp.gate.weight")]
    public void A_missing_tensor_is_named(string name)
    {
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 1);
        Rewrite(weights, tensors => Assert.True(tensors.Remove(name)));

        Refuses($"has no tensor {name}");
    }

    [Theory]
    [InlineData("model.layers.0.self_attn.q_proj.weight", "[16, 16]", "[32, 32]")]
    [InlineData("model.layers.1.mlp.experts.0.down_proj.weight", "[16, 16]", "[32, 16]")]
    [InlineData("model.layers.1.mlp.gate.e_score_correction_bias", "[16, 16]", "[4]")]
    public void A_tensor_of_another_shape_is_named_with_both(string name, string shape, string implied)
    {
        using var scope = NewDisposeScope();
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 1);
        Rewrite(weights, tensors => tensors[name] = zeros(16, 16));

        Refuses($"{name} has shape {shape} and config.json implies {implied}");
    }

    /// <summary>Such a model would take 2⁶⁵ numbers; the files show that it is not there.</summary>
    [Fact]
    public void A_config_that_claims_too_much_is_refused_before_anything_is_allocated()
    {
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 1);
        PolicyFolder.Save(weights, _folder.Path);
        (weights.Config with { Layers = 1 << 14, Experts = 1 << 16, MoeIntermediateSize = 1 << 24 }).WriteTo(_folder.Path);

        Refuses("model.layers.0.mlp.gate.weight has shape [4, 32]");
    }

    /// <summary>Saves the model again with its tensors changed.</summary>
    private void Rewrite(ModelWeights weights, Action<Dictionary<string, Tensor>> change)
    {
        using var scope = NewDisposeScope();
        PolicyFolder.Save(weights, _folder.Path);
        var tensors = new Dictionary<string, Tensor>();
        using (var files = ModelFolder.Open(_folder.Path))
            foreach (var name in files.Names)
                tensors[name] = files.Read(name);

        change(tensors);
        ModelFolderWriter.Write(_folder.Path, weights.Config, tensors.Select(tensor => (tensor.Key, tensor.Value)));
    }

    private void Refuses(string saying) =>
        Assert.Contains(saying, Assert.Throws<ModelFolderException>(() => PolicyFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);

    private static bool Same(Tensor one, Tensor other)
    {
        using var scope = NewDisposeScope();
        return one.dtype == other.dtype && one.shape.SequenceEqual(other.shape) && one.eq(other).all().item<bool>();
    }
}
