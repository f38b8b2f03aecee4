namespace SeedOrleans.Grains.Runs;

/// <summary>Times the parts of one step.</summary>
internal sealed class StepClock(TimeProvider time)
{
    private readonly Dictionary<string, double> _seconds = [];
    private long _start, _last;

    public void Restart()
    {
        _seconds.Clear();
        _start = _last = time.GetTimestamp();
    }

    /// <summary>Ends a part: what passed since the part before belongs to it.</summary>
    public void Mark(string part)
    {
        var now = time.GetTimestamp();
        _seconds[part] = time.GetElapsedTime(_last, now).TotalSeconds;
        _last = now;
    }

    public double Of(string part) => _seconds.GetValueOrDefault(part);

    /// <summary>From <see cref="Restart"/> to the last <see cref="Mark"/>.</summary>
    public double Total => time.GetElapsedTime(_start, _last).TotalSeconds;

    /// <summary>verl's <c>timing_s/…</c>.</summary>
    public IEnumerable<KeyValuePair<string, double>> Metrics() =>
        _seconds.Append(new("step", Total)).Select(part => KeyValuePair.Create($"timing_s/{part.Key}", part.Value));
}
