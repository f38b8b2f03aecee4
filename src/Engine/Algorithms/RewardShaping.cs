using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Rewards;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Makes the rewards that advantages are computed from: the verifier's score, from −1 to 1 whoever gave it, less penalties.</summary>
/// <remarks>
/// Yu et al., DAPO, arXiv:2503.14476, §3.4: the overlong penalty is added to the rule's reward, with weight 1. The others are off unless a spec asks for them.
/// </remarks>
public static class RewardShaping
{
    /// <param name="maxResponseTokens">L_max of the overlong penalty.</param>
    /// <returns>One reward a response, in the group's order.</returns>
    /// <exception cref="ArgumentException">A score that is not a finite number.</exception>
    public static double[] Rewards(RolloutGroup group, Algorithm algorithm, int maxResponseTokens)
    {
        var penalty = algorithm.OverlongCacheTokens > 0
            ? new OverlongPenalty(maxResponseTokens, algorithm.OverlongCacheTokens)
            : null;

        return [.. group.Responses.Select(response =>
            Score(response) + (penalty?.Of(response.Trajectory.ResponseTokens.Length) ?? 0) - Penalties(response, algorithm))];
    }

    private static double Penalties(ScoredTrajectory response, Algorithm algorithm) =>
        (response.Verdict.HasNoAnswer() ? algorithm.FormatPenalty : 0)
        + (algorithm.LanguagePenalty * response.Traits.LanguageMixing)
        + (algorithm.RepetitionPenalty * response.Traits.Repetition);

    private static double Score(ScoredTrajectory response) =>
        double.IsFinite(response.Verdict.Score)
            ? response.Verdict.Score
            : throw new ArgumentException(
                $"Response {response.Trajectory.ResponseIndex} to prompt '{response.Trajectory.PromptId}' has score " +
                $"{response.Verdict.Score}; a verifier must give a finite number.");
}
