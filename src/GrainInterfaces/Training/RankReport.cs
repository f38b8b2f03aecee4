using System.Collections.Immutable;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>What one rank saw of one optimizer step.</summary>
[GenerateSerializer, Immutable, Alias("seed.rank-report")]
public sealed record RankReport
{
    /// <summary>By verl's names; added over ranks they are the mini-batch's means.</summary>
    [Id(0)] public required ImmutableDictionary<string, double> Sums { get; init; }

    /// <summary>Global, before clipping; the same on all ranks.</summary>
    [Id(1)] public required double GradientNorm { get; init; }

    [Id(2)] public required long ResponseTokens { get; init; }

    /// <summary>Tokens through the network.</summary>
    [Id(3)] public required long FedTokens { get; init; }

    /// <summary>Σ |p_rollout − p_trainer| over response tokens.</summary>
    [Id(4)] public required double ProbabilityDifferenceSum { get; init; }

    /// <summary>Σ |log p_rollout − log p_trainer|.</summary>
    [Id(5)] public required double LogProbDifferenceSum { get; init; }

    /// <summary>max |log p_rollout − log p_trainer|.</summary>
    [Id(6)] public required double LogProbDifferenceMax { get; init; }

    /// <summary>Busiest expert's tokens / mean; 0 for a dense model.</summary>
    [Id(7)] public required double MaxExpertLoad { get; init; }

    /// <summary>The most memory that the rank's tensors took at once.</summary>
    [Id(8)] public required long PeakBytes { get; init; }
}
