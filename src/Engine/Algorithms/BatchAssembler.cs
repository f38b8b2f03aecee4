using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Makes one mini-batch of scored groups: what to learn from, which way, and how much each token counts.</summary>
/// <remarks>
/// <para>
/// TokenMean: 1 / Σ|o_i| (DAPO, arXiv:2503.14476, Eq. 8); SequenceMean: 1 / (n·|o_i|) (GRPO, arXiv:2402.03300, Eq. 3);
/// ConstantLength: 1 / (n·L_max) (Dr. GRPO, arXiv:2503.20783, §3.2). Sums run over the whole mini-batch, never over what
/// a rank or a micro-batch holds.
/// </para>
/// <para>
/// A response that is filtered or has no tokens is absent: it counts neither in Σ|o_i| nor in n, as if it had not been
/// sampled. (verl agrees on tokens; TRL keeps filtered responses in n.) It still counts in its group's mean, for its
/// reward tells how hard the prompt is.
/// </para>
/// </remarks>
public static class BatchAssembler
{
    /// <param name="groups">One mini-batch, with advantages not yet computed.</param>
    /// <param name="maxResponseTokens">L_max.</param>
    /// <returns>Sequences in the order of groups and of responses in them; none where all are filtered.</returns>
    /// <exception cref="ArgumentException">
    /// A response whose tokens and log-probs are not parallel, or whose score is not finite.
    /// </exception>
    public static ImmutableArray<TrainingSequence> Assemble(
        IReadOnlyList<RolloutGroup> groups, Algorithm algorithm, int maxResponseTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxResponseTokens);

        var kept = groups.SelectMany(group => Judge(group, algorithm, maxResponseTokens)).ToList();
        var tokens = kept.Sum(response => (long)response.Trajectory.ResponseTokens.Length);

        return [.. kept.Select(response => new TrainingSequence
        {
            PromptTokens = response.Trajectory.PromptTokens,
            ResponseTokens = response.Trajectory.ResponseTokens,
            RolloutLogProbs = response.Trajectory.RolloutLogProbs,
            Advantage = response.Advantage,
            TokenWeight = 1 / Denominator(response.Trajectory.ResponseTokens.Length),
        })];

        double Denominator(int responseTokens) => algorithm.Aggregation switch
        {
            LossAggregation.TokenMean => tokens,
            LossAggregation.SequenceMean => (double)kept.Count * responseTokens,
            LossAggregation.ConstantLength => (double)kept.Count * maxResponseTokens,
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm.Aggregation, "No such aggregation."),
        };
    }

    private static IEnumerable<(Trajectory Trajectory, double Advantage)> Judge(
        RolloutGroup group, Algorithm algorithm, int maxResponseTokens)
    {
        var rewards = RewardShaping.Rewards(group, algorithm, maxResponseTokens);
        var advantages = GroupRelativeAdvantage.Compute(rewards, algorithm.NormalizeByDeviation);

        return group.Responses
            .Select((response, index) => (Checked(response.Trajectory), advantages[index]))
            .Where(response => Counts(response.Item1, algorithm));
    }

    private static bool Counts(Trajectory trajectory, Algorithm algorithm) =>
        !trajectory.ResponseTokens.IsEmpty && !(algorithm.OverlongFiltering && trajectory.IsTruncated());

    private static Trajectory Checked(Trajectory trajectory) =>
        trajectory.RolloutLogProbs.Length == trajectory.ResponseTokens.Length
            ? trajectory
            : throw new ArgumentException(
                $"Response {trajectory.ResponseIndex} to prompt '{trajectory.PromptId}' has " +
                $"{trajectory.ResponseTokens.Length} tokens but {trajectory.RolloutLogProbs.Length} log-probs; " +
                "each token needs the log-prob it was sampled with.");
}
