using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Grains.Tests;

/// <summary>Runs of a second or so.</summary>
internal static class TinySpecs
{
    /// <summary>A mixture of experts of some thousand weights that begins to add one-digit numbers, three steps of DAPO.</summary>
    public static RunSpec Addition => new()
    {
        Name = "tiny",
        Model = new ModelSpec
        {
            Tokenizer = "characters",
            Shape = new ModelShape
            {
                HiddenSize = 32,
                Layers = 1,
                AttentionHeads = 2,
                KeyValueHeads = 1,
                IntermediateSize = 32,
                Context = 48,
                Experts = 2,
                ExpertsPerToken = 1,
            },
        },
        Data = new DataSpec
        {
            Train = [new DataSource { Task = "addition", Difficulty = 1, Count = 48 }],
            Evaluation = [new DataSource { Task = "addition", Difficulty = 1, Count = 12 }],
            MaxPromptTokens = 16,
        },
        ColdStart = new ColdStartSpec { Steps = 40, BatchSize = 32, Optimizer = new OptimizerSpec { LearningRate = 5e-3 } },
        Algorithm = new AlgorithmSpec { OverlongCacheTokens = 4 },
        Rollout = new RolloutSpec { MaxResponseTokens = 16, Slots = 32 },
        Training = new TrainingSpec
        {
            Steps = 3,
            PromptsPerStep = 4,
            GroupSize = 4,
            Optimizer = new OptimizerSpec { LearningRate = 1e-3 },
        },
    };

    /// <summary>Never ends by itself within a test.</summary>
    public static RunSpec Endless => Addition with { Training = Addition.Training with { Steps = 1_000_000 } };
}
