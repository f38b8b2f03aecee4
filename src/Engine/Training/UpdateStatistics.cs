using System.Collections.Immutable;

namespace SeedOrleans.Engine.Training;

/// <summary>What one rank saw of one update.</summary>
/// <param name="Sums">By verl's names, sums of weighted values: added over ranks, they are the mini-batch's means.</param>
/// <param name="GradientNorm">Global norm before clipping; the same on all ranks.</param>
/// <param name="ResponseTokens">Of this rank's share.</param>
/// <param name="FedTokens">Tokens through the network, this rank's share.</param>
/// <param name="ProbabilityDifferenceSum">Σ |p_rollout − p_trainer| over this rank's response tokens.</param>
/// <param name="LogProbDifferenceSum">Σ |log p_rollout − log p_trainer|.</param>
/// <param name="LogProbDifferenceMax">max |log p_rollout − log p_trainer|.</param>
/// <param name="MaxExpertLoad">Busiest expert’s tokens / mean, over the worst layer and all ranks; 0 for a dense model.</param>
public sealed record UpdateStatistics(
    ImmutableDictionary<string, double> Sums, double GradientNorm, long ResponseTokens, long FedTokens,
    double ProbabilityDifferenceSum, double LogProbDifferenceSum, double LogProbDifferenceMax, double MaxExpertLoad);
