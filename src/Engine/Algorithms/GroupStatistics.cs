using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Sums up what was sampled in a step, under the names that verl's users know.</summary>
/// <remarks>
/// Scores, rewards and lengths count each response once; advantages count each response token once, as in verl. Unlike
/// verl's, <c>response_length/clip_ratio</c> is the share of truncated responses: one that stops at its last allowed
/// token is whole.
/// </remarks>
public static class GroupStatistics
{
    /// <param name="maxResponseTokens">L_max of the overlong penalty.</param>
    /// <returns>Values by metric name; nothing where there is no response.</returns>
    public static IReadOnlyDictionary<string, double> Of(
        IReadOnlyList<RolloutGroup> groups, Algorithm algorithm, int maxResponseTokens)
    {
        var statistics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var responses = groups.SelectMany(group => group.Responses).ToList();
        if (responses.Count == 0)
            return statistics;

        var rewards = groups.Select(group => RewardShaping.Rewards(group, algorithm, maxResponseTokens)).ToList();
        var advantages = rewards
            .SelectMany(group => GroupRelativeAdvantage.Compute(group, algorithm.NormalizeByDeviation)).ToList();
        List<double> responseLengths = [.. responses.Select(response => response.Trajectory.ResponseTokens.Length)];

        Summarize("critic/score", [.. responses.Select(response => response.Verdict.Score)]);
        Summarize("critic/rewards", [.. rewards.SelectMany(group => group)]);
        Summarize("critic/advantages", advantages, responseLengths);
        Summarize("response_length", responseLengths);
        Summarize("prompt_length", [.. responses.Select(response => response.Trajectory.PromptTokens.Length)]);

        statistics["response_length/clip_ratio"] = Share(responses, response => response.Trajectory.IsTruncated());
        statistics["response/no_answer_ratio"] = Share(responses, response => response.Verdict.HasNoAnswer());
        statistics["response/restatement_ratio"] = Share(responses, response => response.Traits.IsRestatement);
        statistics["response/repetition_ratio"] = responses.Average(response => response.Traits.Repetition);
        statistics["response/language_mixing_ratio"] = responses.Average(response => response.Traits.LanguageMixing);
        statistics["rollout/solve_all_ratio"] = Share(groups, group => group.CorrectCount() == group.Responses.Length);
        statistics["rollout/solve_none_ratio"] = Share(groups, group => group.CorrectCount() == 0);
        return statistics;

        void Summarize(string name, List<double> values, List<double>? weights = null)
        {
            var total = weights?.Sum() ?? values.Count;
            var sum = weights is null ? values.Sum() : values.Zip(weights, (value, weight) => value * weight).Sum();

            statistics[$"{name}/mean"] = total > 0 ? sum / total : 0;
            statistics[$"{name}/max"] = values.Max();
            statistics[$"{name}/min"] = values.Min();
        }
    }

    private static double Share<T>(IReadOnlyCollection<T> items, Func<T, bool> counts) =>
        (double)items.Count(counts) / items.Count;
}
