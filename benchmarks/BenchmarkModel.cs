using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Benchmarks;

/// <summary>A model to measure with random weights.</summary>
/// <param name="PromptTokens">Of each sequence that it samples.</param>
/// <param name="ResponseTokens">As <paramref name="PromptTokens"/>.</param>
/// <param name="Sequences">In a training mini-batch.</param>
/// <param name="SequenceTokens">Of each of them, or of the longest.</param>
internal sealed record BenchmarkModel(
    string Name, ModelConfig Config, int PromptTokens, int ResponseTokens, int Sequences, int SequenceTokens)
{
    /// <summary>Whether all responses to train on are of one length; else each is shorter than the one before it, down to a few tokens.</summary>
    public bool HasEvenLengths { get; init; } = true;

    /// <summary>As examples/quickstart.yaml has it.</summary>
    public static BenchmarkModel Quickstart { get; } = new(
        "quickstart 0.5M MoE",
        ModelConfig.FromShape(
            new ModelShape
            {
                HiddenSize = 128,
                Layers = 2,
                AttentionHeads = 4,
                KeyValueHeads = 2,
                IntermediateSize = 128,
                Context = 64,
                Experts = 4,
            },
            vocabularySize: 18),
        PromptTokens: 8, ResponseTokens: 40, Sequences: 256, SequenceTokens: 33);

    public static BenchmarkModel TinyDense { get; } = new(
        "tiny 6.8M dense",
        ModelConfig.FromShape(
            new ModelShape
            {
                HiddenSize = 256,
                Layers = 6,
                AttentionHeads = 8,
                KeyValueHeads = 4,
                IntermediateSize = 768,
                Context = 256,
            },
            vocabularySize: 8192),
        PromptTokens: 16, ResponseTokens: 128, Sequences: 8, SequenceTokens: 256);

    public static BenchmarkModel TinyMoe { get; } = new(
        "tiny 17M MoE, 2 of 8",
        ModelConfig.FromShape(
            new ModelShape
            {
                HiddenSize = 256,
                Layers = 6,
                AttentionHeads = 8,
                KeyValueHeads = 4,
                IntermediateSize = 384,
                Context = 256,
                Experts = 8,
            },
            vocabularySize: 8192),
        PromptTokens: 16, ResponseTokens: 128, Sequences: 8, SequenceTokens: 256);

    public static BenchmarkModel HundredMillion { get; } = new(
        "100M dense",
        ModelConfig.FromShape(
            new ModelShape
            {
                HiddenSize = 768,
                Layers = 12,
                AttentionHeads = 12,
                KeyValueHeads = 4,
                IntermediateSize = 2048,
                Context = 256,
            },
            vocabularySize: 32_000),
        PromptTokens: 16, ResponseTokens: 128, Sequences: 2, SequenceTokens: 256);

    public static IReadOnlyList<BenchmarkModel> All { get; } = [Quickstart, TinyDense, TinyMoe, HundredMillion];

    /// <summary>About as many tokens to train on, in twice as many sequences.</summary>
    public BenchmarkModel WithUnevenLengths() => this with { Sequences = 2 * Sequences, HasEvenLengths = false };

    /// <summary>Multiply-adds that a token's forward pass cannot do without, twice: 2 · weights that the token meets.</summary>
    public double FlopsAToken()
    {
        var (config, layout) = (Config, WeightLayout.Of(Config));
        var matrices = layout.Slots.Where(slot => slot.IsMatrix)
            .Sum(slot => slot.Shape.Length == 3 ? (double)slot.Count * config.ExpertsPerToken / config.Experts : slot.Count);

        // A tied embedding is looked up for free and multiplied once; an untied one is not multiplied.
        return 2 * (config.TieEmbeddings ? matrices : matrices - layout["embedding"].Count);
    }
}
