using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Grains.Runs;

/// <summary>Goodput: how much of the time went into steps and evaluations that counted, each once, whatever died meanwhile.</summary>
internal sealed class GoodputMeter
{
    /// <summary>The metric that says how long a step, or an evaluation, took.</summary>
    public const string StepSeconds = "timing_s/step";

    private double _useful;
    private DateTimeOffset? _began;
    private DateTimeOffset? _ended;

    /// <summary>Events are added in their order, and none twice.</summary>
    public void Add(RunEvent happened)
    {
        _ended = happened.Kind == RunEventKind.Finished ? happened.At : null;
        if (!happened.Metrics.TryGetValue(StepSeconds, out var seconds))
            return;

        _began ??= happened.At - TimeSpan.FromSeconds(seconds);
        _useful += seconds;
    }

    /// <returns>Null before the first step.</returns>
    public double? At(DateTimeOffset now) => _began is { } began && (_ended ?? now) > began
        ? Math.Min(1, _useful / ((_ended ?? now) - began).TotalSeconds)
        : null;
}
