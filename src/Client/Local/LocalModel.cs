using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Tensors;
using TorchSharp;

namespace SeedOrleans.Client.Local;

/// <summary>A model in this process's memory, computed by the thread that opened it on all of the machine's cores.</summary>
internal sealed class LocalModel : IDisposable
{
    private readonly ModelWeights _weights;

    private LocalModel(ModelWeights weights, int? vocabulary)
    {
        _weights = weights;
        Policy = new Transformer(weights, vocabulary);
    }

    public Transformer Policy { get; }

    /// <param name="vocabulary">Tokens that the tokenizer knows; null takes all that the model has.</param>
    /// <exception cref="Engine.Models.HuggingFace.ModelFolderException">There is no such model, or it does not hang together.</exception>
    /// <exception cref="Engine.Models.HuggingFace.SafetensorsFormatException">A file is damaged.</exception>
    public static LocalModel Open(string folder, torch.ScalarType type, int? vocabulary = null)
    {
        LibTorch.EnsureLoaded();
        torch.set_num_threads(Environment.ProcessorCount);

        return new LocalModel(PolicyFolder.Load(folder, type).Pack(), vocabulary);
    }

    public void Dispose()
    {
        Policy.Dispose();
        _weights.Dispose();
    }
}
