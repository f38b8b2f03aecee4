using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>One rank's part in one optimizer step.</summary>
[GenerateSerializer, Immutable, Alias("seed.update-order")]
public sealed record UpdateOrder
{
    [Id(0)] public required TrainingPhase Phase { get; init; }

    /// <summary>This rank's share of the mini-batch; may be empty.</summary>
    [Id(1)] public required ImmutableArray<TrainingSequence> Share { get; init; }

    [Id(2)] public required OptimizerSpec Optimizer { get; init; }

    [Id(3)] public required double LearningRate { get; init; }

    /// <summary>Of the controller's incarnation that orders.</summary>
    [Id(4)] public required long Epoch { get; init; }
}

public enum TrainingPhase
{
    /// <summary>Negative log-likelihood of worked solutions.</summary>
    Supervised,

    /// <summary>The run's policy loss.</summary>
    Reinforcement,
}
