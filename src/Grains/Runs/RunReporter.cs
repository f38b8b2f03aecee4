using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Engine.Metrics;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>Tells what happens in a run: numbered events for those who watch, and the metrics file.</summary>
internal sealed class RunReporter(string folder, TimeProvider time) : IDisposable
{
    private const int KeptEvents = 4096, MostEventsARead = 256;

    private readonly MetricsLog _metrics = new(folder, time);
    private readonly Queue<RunEvent> _events = [];
    private long _last;

    public void Message(string text) => Add(new() { Number = 0, At = default, Kind = RunEventKind.Message, Message = text });

    public void Finished(string text) => Add(new() { Number = 0, At = default, Kind = RunEventKind.Finished, Message = text });

    /// <summary>Also writes the metrics, under training steps' numbers, to the metrics file.</summary>
    public void Step(
        RunEventKind kind, int step, IReadOnlyDictionary<string, double> metrics, ImmutableArray<AnswerSample> samples = default)
    {
        _metrics.Write(step, metrics);
        Add(new()
        {
            Number = 0,
            At = default,
            Kind = kind,
            Step = step,
            Metrics = metrics.ToImmutableDictionary(),
            Samples = samples.IsDefault ? [] : samples,
        });
    }

    public void ColdStart(int step, UpdateReport update, double learningRate) => Add(new()
    {
        Number = 0,
        At = default,
        Kind = RunEventKind.ColdStartStep,
        Step = step,
        Metrics = ImmutableDictionary.CreateRange(update.Means)
            .SetItem("cold_start/loss", update.Means["sft/loss"])
            .SetItem("cold_start/grad_norm", update.GradientNorm)
            .SetItem("cold_start/lr", learningRate),
    });

    /// <summary>The events after number <paramref name="after"/>, oldest first.</summary>
    public ImmutableArray<RunEvent> Read(long after) =>
        [.. _events.Where(happened => happened.Number > after).Take(MostEventsARead)];

    public void Dispose() => _metrics.Dispose();

    private void Add(RunEvent happened)
    {
        _events.Enqueue(happened with { Number = ++_last, At = time.GetUtcNow() });
        if (_events.Count > KeptEvents)
            _events.Dequeue();
    }
}
