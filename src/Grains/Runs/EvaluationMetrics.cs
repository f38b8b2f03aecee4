using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Grains.Runs;

/// <summary>What an evaluation showed.</summary>
internal static class EvaluationMetrics
{
    /// <summary>Over all sources: the mean over problems of the share of right answers (avg@k).</summary>
    public const string PassAtOne = "val-core/pass@1";

    public static Dictionary<string, double> Of(IReadOnlyCollection<RolloutGroup> groups, StepClock clock)
    {
        var metrics = new Dictionary<string, double>(clock.Metrics()) { [PassAtOne] = groups.Average(Share) };
        foreach (var source in groups.GroupBy(group => group.Prompt.DataSource))
            metrics[$"val-core/{source.Key}/acc/mean@{source.First().Responses.Length}"] = source.Average(Share);

        return metrics;
    }

    private static double Share(RolloutGroup group) => (double)group.CorrectCount() / group.Responses.Length;
}
