namespace SeedOrleans.Domain.Specs;

/// <summary>All that decides what a run learns. Written as YAML; see docs/spec.md for every key.</summary>
[GenerateSerializer, Immutable, Alias("seed.run-spec")]
public sealed record RunSpec
{
    /// <summary>A short name for people; letters, digits, '-' and '_'.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Every random number of the run is a function of this.</summary>
    [Id(1)] public long Seed { get; init; } = 1;

    [Id(2)] public required ModelSpec Model { get; init; }

    [Id(3)] public required DataSpec Data { get; init; }

    /// <summary>Supervised fine-tuning before reinforcement learning; left out, there is none.</summary>
    [Id(4)] public ColdStartSpec? ColdStart { get; init; }

    [Id(12)] public RewardSpec Rewards { get; init; } = new();

    [Id(5)] public AlgorithmSpec Algorithm { get; init; } = new();

    [Id(6)] public required RolloutSpec Rollout { get; init; }

    [Id(7)] public required TrainingSpec Training { get; init; }

    [Id(8)] public EvaluationSpec Evaluation { get; init; } = new();

    [Id(9)] public LayoutSpec Layout { get; init; } = new();

    [Id(11)] public MemorySpec Memory { get; init; } = new();

    [Id(10)] public CheckpointSpec Checkpoint { get; init; } = new();
}
