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
    private RunEvent? _asked;

    public ImmutableArray<string> Told => [.. _told];

    /// <returns>Signs that a step or an evaluation brings to light. It is to be remembered next.</returns>
    public ImmutableArray<string> Of(RunEventKind kind, int step, IReadOnlyDictionary<string, double> metrics)
    {
        _asked = new RunEvent { Number = 0, At = default, Kind = kind, Step = step, Metrics = metrics.ToImmutableDictionary() };
        return [.. Observe(_asked)];
    }

    /// <summary>Takes up what was told, by this life or by an earlier one.</summary>
    public void Remember(RunEvent happened)
    {
        if (happened.Kind == RunEventKind.Rewound)
            _guard = new RewardGuard(); // it begins to compare anew

        if (_asked is null || _asked.Kind != happened.Kind || _asked.Step != happened.Step)
            Observe(happened);

        _asked = null;
        foreach (var alert in happened.Alerts.IsDefault ? [] : happened.Alerts)
        {
            _told.Enqueue(string.Create(CultureInfo.InvariantCulture, $"step {happened.Step}: {alert}"));
            if (_told.Count > Kept)
                _told.Dequeue();
        }
    }

    private IReadOnlyList<string> Observe(RunEvent happened)
    {
        double Metric(string name) => happened.Metrics.GetValueOrDefault(name);
        return happened.Kind switch
        {
            RunEventKind.TrainingStep => _guard.Observe(new StepObservation(
                happened.Step, Metric("critic/score/mean"), Metric("response_length/mean"), Metric("actor/entropy"),
                Metric("response/restatement_ratio"), Metric("response/repetition_ratio"))),
            RunEventKind.Evaluation => _guard.Evaluated(Metric(EvaluationMetrics.PassAtOne)),
            _ => [],
        };
    }
}
