using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Grains.Tests;

/// <summary>How a run ended and what it told on the way.</summary>
public sealed record FinishedRun(RunSummary Summary, IReadOnlyList<RunEvent> Events)
{
    /// <summary>A metric of the training steps, in their order.</summary>
    public double[] Metric(string name) =>
        [.. Events.Where(happened => happened.Kind == RunEventKind.TrainingStep).Select(step => step.Metrics[name])];

    /// <summary>Everything measured that is not about time, as text; a step or an evaluation a line.</summary>
    public string[] Measured() =>
    [
        .. Events.Where(happened => happened.Metrics.Count > 0).Select(happened => $"{happened.Kind} {happened.Step}: " + string.Join(
            ", ", happened.Metrics.Where(metric => !IsTiming(metric.Key)).OrderBy(metric => metric.Key, StringComparer.Ordinal)
                .Select(metric => $"{metric.Key}={metric.Value:R}"))),
    ];

    public FinishedRun Succeeded()
    {
        Assert.True(Summary.Status == RunStatus.Succeeded, $"{Summary.RunId} is {Summary.Status}: {Summary.Error}");
        return this;
    }

    private static bool IsTiming(string name) =>
        name.StartsWith("timing_s/", StringComparison.Ordinal) || name.StartsWith("perf/", StringComparison.Ordinal);
}
