using System.Collections.Immutable;
using System.Globalization;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Engine.Rewards.Guarding;

namespace SeedOrleans.Grains.Runs;

/// <summary>What a run's own story says of reward hacking.</summary>
internal sealed class RunAlerts
{
    private const int Kept = 20;

    private readonly Queue<string> _told = [];
    private RewardGuard _guard = new();

    public ImmutableArray<string> Told => [.. _told];

    /// <summary>Takes in what a step or an evaluation showed, once, in order.</summary>
    /// <returns>Signs that it brings to light.</returns>
    public ImmutableArray<string> Observe(RunEventKind kind, int step, IReadOnlyDictionary<string, double> metrics)
    {
        double Metric(string name) => metrics.GetValueOrDefault(name);
        return kind switch
        {
            RunEventKind.TrainingStep => [.. _guard.Observe(new StepObservation(
                step, Metric("critic/score/mean"), Metric("response_length/mean"), Metric("actor/entropy"),
                Metric("response/restatement_ratio"), Metric("response/repetition_ratio")))],
            RunEventKind.Evaluation => [.. _guard.Evaluated(Metric(EvaluationMetrics.PassAtOne))],
            _ => [],
        };
    }

    /// <summary>Keeps the signs that an event tells.</summary>
    public void Keep(RunEvent happened)
    {
        if (happened.Kind == RunEventKind.Rewound)
            _guard = new RewardGuard(); // it begins to compare anew

        foreach (var alert in happened.Alerts.IsDefault ? [] : happened.Alerts)
        {
            _told.Enqueue(string.Create(CultureInfo.InvariantCulture, $"step {happened.Step}: {alert}"));
            if (_told.Count > Kept)
                _told.Dequeue();
        }
    }
}
