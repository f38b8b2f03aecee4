using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Models;
using TorchSharp;

namespace SeedOrleans.Client.Tests.Local;

/// <summary>A model with a tokenizer of characters, on disk; gone with its test.</summary>
internal sealed class TinyModelFolder : IDisposable
{
    public const int Context = 32;

    private TinyModelFolder(ITextTokenizer tokenizer) => Tokenizer = tokenizer;

    public string Path { get; } = Directory.CreateTempSubdirectory("seed-test-").FullName;

    public ITextTokenizer Tokenizer { get; }

    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>All weights 0: every token is as likely as every other.</summary>
    public static TinyModelFolder Guessing(string alphabet) => Create(alphabet, weights => weights.Flat.zero_());

    public static TinyModelFolder Random(string alphabet) => Create(alphabet, weights => weights["embedding"].mul_(25));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static TinyModelFolder Create(string alphabet, Action<ModelWeights> change)
    {
        var folder = new TinyModelFolder(CharacterTokenizer.Create(alphabet));
        var shape = new ModelShape
        {
            HiddenSize = 16,
            Layers = 2,
            AttentionHeads = 2,
            KeyValueHeads = 1,
            IntermediateSize = 16,
            Context = Context,
        };

        using var guard = torch.no_grad();
        using var weights = ModelWeights.Random(ModelConfig.FromShape(shape, folder.Tokenizer.VocabularySize), seed: 1);
        change(weights);
        PolicyFolder.Save(weights, folder.Path);
        folder.Tokenizer.SaveTo(folder.Path);
        return folder;
    }
}
