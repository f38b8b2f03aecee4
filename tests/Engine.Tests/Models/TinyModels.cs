using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Engine.Tests.Models;

/// <summary>Models small enough for a test, of every shape that the network knows.</summary>
internal static class TinyModels
{
    public const int Vocabulary = 24;

    public static readonly ModelShape DenseShape = new()
    {
        HiddenSize = 32,
        Layers = 2,
        AttentionHeads = 4,
        KeyValueHeads = 2,
        IntermediateSize = 48,
        Context = 48,
    };

    public static readonly ModelConfig Dense = ModelConfig.FromShape(DenseShape, Vocabulary);

    public static readonly ModelConfig Moe =
        ModelConfig.FromShape(DenseShape with { Experts = 4, ExpertsPerToken = 2, IntermediateSize = 16 }, Vocabulary);

    /// <summary>Qwen2's: biases, no QK-norm, an output layer of its own.</summary>
    public static readonly ModelConfig Qwen2 = Dense with
    {
        Architecture = ModelArchitecture.Qwen2,
        QkvBias = true,
        QkNorm = false,
        TieEmbeddings = false,
    };

    public static readonly ModelConfig Llama = Qwen2 with
    {
        Architecture = ModelArchitecture.Llama,
        QkvBias = false,
        KeyValueHeads = 4,
    };

    public static TheoryData<string> Names => ["dense", "moe", "qwen2", "llama"];

    public static ModelConfig Named(string name) => name switch
    {
        "dense" => Dense,
        "moe" => Moe,
        "qwen2" => Qwen2,
        _ => Llama,
    };
}
