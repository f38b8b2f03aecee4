using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Following;

/// <summary>What a watcher knows of a run, gathered from its updates.</summary>
internal sealed class RunProgress
{
    /// <summary>How many steps the estimate of the time left looks back.</summary>
    private const int PaceSteps = 20;

    private readonly Queue<DateTimeOffset> _pace = [];

    public RunSummary? Summary { get; private set; }

    /// <summary>Latest value of each metric.</summary>
    public Dictionary<string, double> Latest { get; } = [];

    /// <summary>(optimizer step, value), in order.</summary>
    public List<(double Step, double Value)> Rewards { get; } = [];

    /// <summary>(optimizer step, held-out pass@1), in order.</summary>
    public List<(double Step, double Value)> Accuracies { get; } = [];

    public ImmutableArray<AnswerSample> Samples { get; private set; } = [];

    public int ColdStartStep { get; private set; }

    public string LastMessage { get; private set; } = "";

    public void Add(RunUpdate update)
    {
        Summary = update.Summary;
        foreach (var happened in update.Events)
            Add(happened);
    }

    /// <returns>Null until two steps showed how fast the run is.</returns>
    public TimeSpan? TimeLeft()
    {
        if (Summary is null || _pace.Count < 2)
            return null;

        var stepTime = (_pace.Last() - _pace.Peek()) / (_pace.Count - 1);
        return stepTime * Math.Max(0, Summary.TotalSteps - Summary.Step);
    }

    private void Add(RunEvent happened)
    {
        foreach (var (name, value) in happened.Metrics)
            Latest[name] = value;

        if (!happened.Samples.IsDefaultOrEmpty)
            Samples = happened.Samples;

        if (happened.Message.Length > 0)
            LastMessage = happened.Message;

        if (happened.Kind == RunEventKind.ColdStartStep)
            ColdStartStep = happened.Step;

        if (happened.Metrics.TryGetValue(MetricNames.Accuracy, out var accuracy))
            Accuracies.Add((happened.Step, accuracy));

        if (happened.Kind != RunEventKind.TrainingStep)
            return;

        if (happened.Metrics.TryGetValue(MetricNames.Reward, out var reward))
            Rewards.Add((happened.Step, reward));

        _pace.Enqueue(happened.At);
        if (_pace.Count > PaceSteps)
            _pace.Dequeue();
    }
}
