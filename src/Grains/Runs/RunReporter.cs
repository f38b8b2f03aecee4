using System.Collections.Immutable;
using System.Globalization;
using Orleans.Serialization;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Engine.Metrics;
using SeedOrleans.Engine.Storage.Logs;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>Tells what happens in a run: numbered events for those who watch, and the metrics file.</summary>
/// <remarks>Events are durable, so that whoever goes on with the run tells the same story. They are shown once they are.</remarks>
internal sealed class RunReporter : IAsyncDisposable
{
    private const int KeptEvents = 4096, MostEventsARead = 256;

    private readonly Queue<(RunEvent Event, Task Durable)> _events = [];
    private readonly HashSet<(RunEventKind Kind, int Step)> _told = [];
    private readonly List<(int Step, double PassAtOne)> _evaluations = [];
    private readonly List<Recovery> _recoveries = [];
    private readonly RunAlerts _alerts = new();
    private readonly GoodputMeter _goodput = new();
    private readonly LogWriter _log;
    private readonly Serializer<RunEvent> _serializer;
    private readonly TimeProvider _time;
    private MetricsLog? _metrics;
    private long _last;

    private RunReporter(SegmentedLog log, Serializer<RunEvent> serializer, TimeProvider time) =>
        (_log, _serializer, _time) = (new LogWriter(log), serializer, time);

    /// <summary>Held-out pass@1, evaluation by evaluation, as far as it was told.</summary>
    public IEnumerable<double> Evaluations => _evaluations.Select(evaluation => evaluation.PassAtOne);

    /// <summary>Losses of actors that the run has got over, oldest first.</summary>
    public ImmutableArray<Recovery> Recoveries => [.. _recoveries];

    /// <summary>The newest signs of reward hacking, oldest first.</summary>
    public ImmutableArray<string> Alerts => _alerts.Told;

    /// <summary>Time in steps that counted / time since the run began to compute; null before the first step.</summary>
    public double? Goodput(DateTimeOffset now) => _goodput.At(now);

    /// <summary>Takes up what was told before.</summary>
    public static async Task<RunReporter> OpenAsync(SegmentedLog log, Serializer<RunEvent> serializer, TimeProvider time, CancellationToken cancellationToken)
    {
        var report = new RunReporter(log, serializer, time);
        for (var segment = 1L; await log.ReadAsync(segment, cancellationToken) is { } read; segment++)
            foreach (var record in read.Records)
                report.TakeUp(serializer.Deserialize(record)!);

        return report;
    }

    /// <summary>Also writes metrics to files from now on.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void WriteMetricsTo(string folder) => _metrics ??= new MetricsLog(folder, _time);

    public void Message(string text) => Add(new() { Number = 0, At = default, Kind = RunEventKind.Message, Message = text });

    public void Recovered(Recovery recovery) => Add(new()
    {
        Number = 0,
        At = default,
        Kind = RunEventKind.Recovered,
        Step = recovery.Step + 1,
        Recovery = recovery,
        Message = Words(recovery),
    });

    public void Rewound(int step) =>
        Add(new() { Number = 0, At = default, Kind = RunEventKind.Rewound, Step = step, Message = $"went back to step {step}" });

    public void Finished(string text) => Add(new() { Number = 0, At = default, Kind = RunEventKind.Finished, Message = text });

    /// <summary>This step, or the evaluation after it, was told: by an earlier incarnation that died before it could commit.</summary>
    public bool HasTold(RunEventKind kind, int step) => _told.Contains((kind, step));

    /// <summary>Also writes the metrics, under training steps' numbers, to the metrics file. What was told before is not told twice.</summary>
    public void Step(
        RunEventKind kind, int step, IReadOnlyDictionary<string, double> metrics, ImmutableArray<AnswerSample> samples = default)
    {
        if (HasTold(kind, step))
            return;

        _metrics?.Write(step, metrics);
        Add(new()
        {
            Number = 0,
            At = default,
            Kind = kind,
            Step = step,
            Metrics = metrics.ToImmutableDictionary(),
            Samples = samples.IsDefault ? [] : samples,
            Alerts = _alerts.Observe(kind, step, metrics),
        });
    }

    /// <param name="seconds">That the steps since the last one told took.</param>
    public void ColdStart(int step, UpdateReport update, double learningRate, double seconds)
    {
        if (!HasTold(RunEventKind.ColdStartStep, step))
            Add(new()
            {
                Number = 0,
                At = default,
                Kind = RunEventKind.ColdStartStep,
                Step = step,
                Metrics = ImmutableDictionary.CreateRange(update.Means)
                    .SetItem("cold_start/loss", update.Means["sft/loss"])
                    .SetItem("cold_start/grad_norm", update.GradientNorm)
                    .SetItem("cold_start/lr", learningRate)
                    .SetItem(GoodputMeter.StepSeconds, seconds),
            });
    }

    /// <summary>The events after number <paramref name="after"/>, oldest first.</summary>
    public ImmutableArray<RunEvent> Read(long after) =>
    [
        .. _events.TakeWhile(told => told.Durable.IsCompleted).Select(told => told.Event)
            .Where(happened => happened.Number > after).Take(MostEventsARead),
    ];

    /// <summary>Waits until all that was told is durable.</summary>
    public Task FlushAsync() => Task.WhenAll(_events.Select(told => told.Durable));

    public async ValueTask DisposeAsync()
    {
        await FlushAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _log.DisposeAsync();
        _metrics?.Dispose();
        _metrics = null;
    }

    private void TakeUp(RunEvent happened)
    {
        if (Remember(happened, Task.CompletedTask))
            _alerts.Observe(happened.Kind, happened.Step, happened.Metrics);
    }

    private void Add(RunEvent happened)
    {
        var numbered = happened with { Number = _last + 1, At = _time.GetUtcNow() };
        Remember(numbered, _log.AppendAsync(_serializer.SerializeToArray(numbered), CancellationToken.None));
    }

    /// <summary>Two incarnations that overlapped may have told the same thing; it counts once.</summary>
    /// <returns>Whether it is news.</returns>
    private bool Remember(RunEvent happened, Task durable)
    {
        if (happened.Kind is RunEventKind.TrainingStep or RunEventKind.Evaluation or RunEventKind.ColdStartStep
            && !_told.Add((happened.Kind, happened.Step)))
            return false;

        if (happened.Metrics.TryGetValue(EvaluationMetrics.PassAtOne, out var passAtOne))
            _evaluations.Add((happened.Step, passAtOne));

        if (happened.Recovery is { } recovery)
            _recoveries.Add(recovery);

        if (happened.Kind == RunEventKind.Rewound)
        {
            _told.RemoveWhere(told => told.Kind != RunEventKind.ColdStartStep && told.Step > happened.Step);
            _evaluations.RemoveAll(evaluation => evaluation.Step > happened.Step);
        }

        _goodput.Add(happened);
        _alerts.Keep(happened);

        _events.Enqueue((happened with { Number = ++_last }, durable));
        if (_events.Count > KeptEvents)
            _events.Dequeue();

        return true;
    }

    private static string Words(Recovery recovery) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(recovery.Silo.Length > 0 ? $"{recovery.Silo} died" : "actors were lost")}, seen after {recovery.Detected.TotalSeconds:0.00} s; "
        + $"all actors back after {recovery.Restored.TotalSeconds:0.00} s, step {recovery.Step + 1} committed after {recovery.Resumed.TotalSeconds:0.00} s");
}
