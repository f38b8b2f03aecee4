using System.Collections.Immutable;
using SeedOrleans.Client.Following;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Views;

/// <summary>What is said of a run in words, on a terminal and in a pipe alike.</summary>
internal static class RunText
{
    /// <summary>The metrics that a person sees, in this order.</summary>
    public static readonly ImmutableArray<(string Metric, string Label, string Format, string Unit)> Shown =
    [
        ("cold_start/loss", "loss", "0.000", ""),
        (MetricNames.Reward, "reward", "0.000", ""),
        (MetricNames.Accuracy, "pass@1", "0.000", ""),
        (MetricNames.ResponseLength, "length", "0.0", ""),
        (MetricNames.Entropy, "entropy", "0.000", ""),
        (MetricNames.RolloutSpeed, "rollout", "0", " tokens/s"),
        (MetricNames.TrainingSpeed, "training", "0", " tokens/s"),
    ];

    public static string Finished(RunSummary summary)
    {
        var end = $"{RunJson.Word(summary.Status)} after {summary.Step} of {summary.TotalSteps} steps in {Figures.Of((TimeSpan?)summary.Elapsed)}; "
            + $"held-out pass@1 {Evaluation(summary)}; files in {HostileText.OneLine(summary.Folder, 500)}";

        return summary.Error.Length == 0 ? end : $"{end}\nwhy: {HostileText.OneLine(summary.Error, 2000)}";
    }

    /// <summary>What a run got over, where it is, and the hashes to compare it by.</summary>
    public static IEnumerable<string> Durability(RunSummary summary)
    {
        if (summary.ForkedFrom.Length > 0)
            yield return $"forked from {HostileText.OneLine(summary.ForkedFrom, 120)}";

        if (summary.WeightsHash.Length > 0)
            yield return $"weights {HostileText.OneLine(summary.WeightsHash, 64)}\nchain   {HostileText.OneLine(summary.ChainHash, 64)}";

        yield return $"groups: {summary.GroupsConsumed} trained on, {summary.GroupsDropped} dropped, "
            + $"{summary.GroupsDuplicated} trained on twice, {summary.GroupsLost} lost; goodput {Figures.Of(summary.Goodput)}";

        foreach (var silo in summary.Silos)
            yield return $"{SiloText.Name(silo.Name)}  {SiloText.State(silo)}  {SiloText.Hosts(silo)}";

        foreach (var alert in summary.Alerts.IsDefault ? [] : summary.Alerts)
            yield return $"alert at {HostileText.OneLine(alert, 1000)}";

        foreach (var recovery in summary.Recoveries)
            yield return $"after step {recovery.Step}: {SiloText.Recovered(recovery)}";
    }

    public static string Evaluation(RunSummary summary) => $"{Figures.Of(summary.EvaluationBefore)} → {Figures.Of(summary.EvaluationAfter)}";
}
