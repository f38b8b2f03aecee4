using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Benchmarks;

/// <summary>The models that are measured, with random weights.</summary>
internal static class BenchmarkModels
{
    /// <summary>That of examples/quickstart.yaml.</summary>
    public static readonly ModelConfig Quickstart = Make(128, 2, 4, 2, 128, 24, experts: 4);

    /// <summary>6.8M parameters.</summary>
    public static readonly ModelConfig Dense7M = Make(256, 8, 8, 4, 768, 2048);

    /// <summary>17M parameters, 8 experts, 2 a token.</summary>
    public static readonly ModelConfig Moe17M = Make(256, 6, 8, 4, 416, 2048, experts: 8);

    /// <summary>About 100M parameters.</summary>
    public static readonly ModelConfig Dense100M = Make(768, 12, 12, 4, 2048, 32_000);

    public static IEnumerable<(string Name, ModelConfig Config)> All(bool withLarge) =>
        withLarge
            ? [("quickstart", Quickstart), ("dense 7M", Dense7M), ("MoE 17M", Moe17M), ("dense 100M", Dense100M)]
            : [("quickstart", Quickstart), ("dense 7M", Dense7M), ("MoE 17M", Moe17M)];

    private static ModelConfig Make(int hidden, int layers, int heads, int shared, int inner, int vocabulary, int experts = 0) =>
        ModelConfig.FromShape(
            new ModelShape
            {
                HiddenSize = hidden,
                Layers = layers,
                AttentionHeads = heads,
                KeyValueHeads = shared,
                IntermediateSize = inner,
                Context = 512,
                Experts = experts,
            },
            vocabulary);
}
