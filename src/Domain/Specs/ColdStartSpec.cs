namespace SeedOrleans.Domain.Specs;

/// <summary>Supervised fine-tuning on worked solutions, to give reinforcement learning something to reinforce.</summary>
[GenerateSerializer, Immutable, Alias("seed.cold-start-spec")]
public sealed record ColdStartSpec
{
    [Id(0)] public required int Steps { get; init; }

    /// <summary>Worked solutions an optimizer step.</summary>
    [Id(1)] public int BatchSize { get; init; } = 64;

    [Id(2)] public OptimizerSpec Optimizer { get; init; } = new() { LearningRate = 1e-3 };
}
