using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.HuggingFace;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models.HuggingFace;

public sealed class ModelFolderTests : IDisposable
{
    private static readonly ModelConfig Config = ModelConfig.FromShape(
        new ModelShape { HiddenSize = 8, Layers = 1, AttentionHeads = 2, KeyValueHeads = 1, IntermediateSize = 16, Context = 32 }, 100);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Weights of 40 bytes each.</summary>
    [Theory]
    [InlineData(1_000, new[] { "model.safetensors" })]
    [InlineData(120, new[] { "model.safetensors" })]
    [InlineData(80, new[] { "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors" })]
    [InlineData(119, new[] { "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors" })]
    [InlineData(1, new[] { "model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors", "model-00003-of-00003.safetensors" })]
    public void A_model_comes_back_whatever_its_shards(long maxShardBytes, string[] files)
    {
        WriteModel(maxShardBytes);

        Assert.Equal(files, Files("*.safetensors"));
        using var model = ModelFolder.Open(_folder.Path);
        Assert.Equal(["a", "b", "c"], model.Names.Order());
        Assert.Equal(Config.Architecture, model.Config.Architecture);
        foreach (var (name, expected) in new[] { ("a", 1f), ("b", 2f), ("c", 3f) })
        {
            using var weights = model.Read(name);
            Assert.Equal(Enumerable.Repeat(expected, 10), weights.data<float>().ToArray());
        }
    }

    [Fact]
    public void A_model_written_over_another_leaves_nothing_of_it_but_foreign_files()
    {
        File.WriteAllText(_folder["tokenizer.json"], "{}");
        WriteModel(1);
        WriteModel(80);
        Assert.Equal(5, Files("*").Length); // config, index, two shards, tokenizer

        WriteModel(1_000);
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"], Files("*"));

        WriteModel(80);
        Assert.DoesNotContain("model.safetensors", Files("*"));
        ModelFolder.Open(_folder.Path).Dispose();
    }

    [Fact]
    public void A_refused_model_leaves_the_old_one()
    {
        WriteModel(1_000);
        using var weight = ones(10);

        Assert.Throws<ArgumentException>(() => ModelFolderWriter.Write(_folder.Path, Config, [("a", weight), ("a", weight)], 40));

        Assert.Equal(["config.json", "model.safetensors"], Files("*"));
        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_folder["file"], "");

        var refusal = Assert.Throws<ModelFolderException>(() => ModelFolderWriter.Write(_folder["file"], Config, []));

        Assert.Equal(_folder["file"], refusal.Path);
    }

    [Fact]
    public void A_missing_folder_config_or_weights_is_named()
    {
        Refuses("no such folder", _folder["nowhere"]);
        Refuses("config.json");

        Config.WriteTo(_folder.Path);
        Refuses("neither model.safetensors nor model.safetensors.index.json");
    }

    [Fact]
    public void A_missing_shard_is_named()
    {
        WriteModel(80);
        File.Delete(_folder["model-00002-of-00002.safetensors"]);

        Refuses("model-00002-of-00002.safetensors: this shard is missing");
    }

    [Fact]
    public void A_tensor_of_the_index_that_no_shard_holds_is_named()
    {
        WriteModel(80);
        EditIndex(index => index.Replace("\"a\":", "\"z\":", StringComparison.Ordinal));

        Refuses("promises tensor z");
    }

    [Fact]
    public void A_tensor_in_another_shard_than_promised_is_named()
    {
        WriteModel(40);
        EditIndex(index => index.Replace("\"a\": \"model-00001", "\"a\": \"model-00002", StringComparison.Ordinal)
            .Replace("\"b\": \"model-00002", "\"b\": \"model-00001", StringComparison.Ordinal));

        Refuses("promises tensor");
    }

    [Fact]
    public void A_tensor_that_two_shards_hold_is_named()
    {
        WriteModel(80);
        using var weight = ones(10);
        SafetensorsWriter.Write(_folder["model-00002-of-00002.safetensors"], [("c", weight), ("b", weight)]);

        Refuses("tensor b, which model-00001-of-00002.safetensors holds too");
    }

    [Fact]
    public void A_tensor_that_the_index_does_not_know_is_named()
    {
        WriteModel(80);
        using var weight = ones(10);
        SafetensorsWriter.Write(_folder["model-00002-of-00002.safetensors"], [("c", weight), ("stray", weight)]);

        Refuses("tensor stray, of which the index knows nothing");
    }

    [Theory]
    [InlineData("../outside.safetensors")]
    [InlineData("/etc/outside.safetensors")]
    [InlineData("sub/outside.safetensors")]
    [InlineData("..\\\\outside.safetensors")]
    [InlineData("..")]
    [InlineData(".safetensors")]
    [InlineData("..safetensors")]
    [InlineData("")]
    [InlineData("config.json")]
    [InlineData("model.safetensors\\u0000.safetensors")]
    public void An_index_that_leaves_its_folder_is_refused(string file)
    {
        Config.WriteTo(_folder.Path);
        File.WriteAllText(_folder["model.safetensors.index.json"], $$"""{"weight_map":{"a":"{{file}}"} }""");

        Refuses("nothing outside is read");
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{}", "no weight_map")]
    [InlineData("""{"weight_map":[]}""", "no weight_map")]
    [InlineData("""{"weight_map":{"a":1}}""", "nothing outside is read")]
    [InlineData("""{"weight_map":{"a":"x.safetensors","a":"y.safetensors"}}""", "JSON")]
    [InlineData("""{"weight_map":{"a":"\ud800.safetensors"}}""", "")]
    [InlineData("""{"weight_map":{"a":"x.safetensors"}}""", "x.safetensors: this shard is missing")]
    public void An_index_that_says_nothing_sound_is_refused(string index, string saying)
    {
        Config.WriteTo(_folder.Path);
        File.WriteAllText(_folder["model.safetensors.index.json"], index);

        Refuses(saying);
    }

    [Fact]
    public void A_tensor_asked_for_in_vain_is_named()
    {
        WriteModel(80);
        using var model = ModelFolder.Open(_folder.Path);

        Assert.Contains("no tensor lm_head.weight", Assert.Throws<ModelFolderException>(() => model.Read("lm_head.weight")).Message, StringComparison.Ordinal);
    }

    private void WriteModel(long maxShardBytes)
    {
        using var scope = NewDisposeScope();
        ModelFolderWriter.Write(_folder.Path, Config, [("a", full(10, 1f)), ("b", full(10, 2f)), ("c", full(10, 3f))], maxShardBytes);
    }

    private void EditIndex(Func<string, string> edit)
    {
        var index = _folder["model.safetensors.index.json"];
        File.WriteAllText(index, edit(File.ReadAllText(index)));
    }

    private string[] Files(string pattern) =>
        [.. Directory.GetFiles(_folder.Path, pattern).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private void Refuses(string saying, string? folder = null) =>
        Assert.Contains(saying, Assert.Throws<ModelFolderException>(() => ModelFolder.Open(folder ?? _folder.Path)).Message, StringComparison.Ordinal);
}
