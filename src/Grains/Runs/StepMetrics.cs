using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>What one training step showed, under verl's names.</summary>
internal static class StepMetrics
{
    public static Dictionary<string, double> Of(
        CollectedGroups collected, IReadOnlyList<UpdateReport> updates, Algorithm algorithm, RunSpec spec, double learningRate,
        StepClock clock)
    {
        var metrics = new Dictionary<string, double>(GroupStatistics.Of(collected.Groups, algorithm, spec.Rollout.MaxResponseTokens));
        foreach (var name in updates.SelectMany(update => update.Means.Keys).Distinct())
            metrics[name] = updates.Average(update => update.Means.GetValueOrDefault(name));

        metrics["actor/grad_norm"] = updates.Average(update => update.GradientNorm);
        metrics["actor/lr"] = learningRate;
        metrics["moe/max_load"] = updates.Max(update => update.MaxExpertLoad);

        // Only the first update sees the weights that sampled; after it the difference is what was learned.
        metrics["training/rollout_probs_diff_mean"] = updates[0].ProbabilityDifferenceMean;
        metrics["training/rollout_logprobs_diff_mean"] = updates[0].LogProbDifferenceMean;
        metrics["training/rollout_logprobs_diff_max"] = updates[0].LogProbDifferenceMax;

        var sampledGroups = collected.Groups.Length + collected.AllCorrect + collected.AllWrong;
        metrics["rollout/solve_all_ratio"] = (double)collected.AllCorrect / sampledGroups;
        metrics["rollout/solve_none_ratio"] = (double)collected.AllWrong / sampledGroups;

        metrics["rollout/continued_tokens"] = collected.ContinuedTokens;
        metrics[GoodputMeter.KeptTokens] = collected.KeptTokens;

        var fed = updates.Sum(update => update.FedTokens);
        metrics["perf/total_num_tokens"] = fed;
        metrics["perf/time_per_step"] = clock.Total;
        metrics["perf/throughput"] = fed / clock.Total;
        metrics[GoodputMeter.RolloutSpeed] = Math.Max(0, collected.SampledTokens - collected.KeptTokens) / Math.Max(clock.Of("gen"), 1e-9);
        metrics["perf/training_tokens_per_s"] = fed / Math.Max(clock.Of("update_actor"), 1e-9);
        metrics["perf/max_memory_allocated_gb"] = updates.Max(update => update.PeakBytes) / 1e9;
        metrics["perf/cpu_memory_used_gb"] = Environment.WorkingSet / 1e9;
        foreach (var (name, seconds) in clock.Metrics())
            metrics[name] = seconds;

        return metrics;
    }
}
