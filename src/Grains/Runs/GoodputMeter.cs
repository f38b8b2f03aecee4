using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Grains.Runs;

/// <summary>Goodput: how much of the time went into steps and evaluations that counted, each once, whatever died meanwhile.</summary>
/// <remarks>
/// Responses that an interrupted life sampled and that were kept count with the time that they take at the speed of the last step that nobody
/// interrupted, and never with more than has passed since the step before.
/// </remarks>
internal sealed class GoodputMeter
{
    /// <summary>The metric that says how long a step, or an evaluation, took.</summary>
    public const string StepSeconds = "timing_s/step";

    /// <summary>The metric that says how many tokens of a step an interrupted life had sampled.</summary>
    public const string KeptTokens = "rollout/kept_tokens";

    /// <summary>The metric that says how fast the others were sampled, in tokens/s.</summary>
    public const string RolloutSpeed = "perf/rollout_tokens_per_s";

    private double _useful;
    private double _speed;
    private DateTimeOffset _last;
    private DateTimeOffset? _began;
    private DateTimeOffset? _ended;

    /// <summary>Events are added in their order, and none twice.</summary>
    public void Add(RunEvent happened)
    {
        _ended = happened.Kind == RunEventKind.Finished ? happened.At : null;
        if (!happened.Metrics.TryGetValue(StepSeconds, out var seconds))
            return;

        var start = happened.At - TimeSpan.FromSeconds(seconds);
        _began ??= start;
        _useful += seconds + KeptSeconds(happened, start);
        _last = happened.At;
    }

    /// <returns>Null before the first step.</returns>
    public double? At(DateTimeOffset now) => _began is { } began && (_ended ?? now) > began
        ? Math.Min(1, _useful / ((_ended ?? now) - began).TotalSeconds)
        : null;

    /// <param name="start">When the life that finished the step began it.</param>
    private double KeptSeconds(RunEvent happened, DateTimeOffset start)
    {
        var kept = happened.Metrics.GetValueOrDefault(KeptTokens);
        if (kept > 0)
            return _speed > 0 ? Math.Max(0, Math.Min((start - _last).TotalSeconds, kept / _speed)) : 0;

        _speed = happened.Metrics.GetValueOrDefault(RolloutSpeed, _speed);
        return 0;
    }
}
