namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Hands out so many units a minute: evenly, but for bursts of a tenth of a minute's. Whoever comes first is served first.</summary>
/// <remarks>
/// The level may fall below 0: who takes more than there is waits until the debt is paid, and everybody after waits longer. So a call larger than
/// the bucket passes, too. Safe to use from many threads.
/// </remarks>
internal sealed class TokenBucket
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly double _perSecond;
    private readonly double _most;
    private double _level;
    private long _at;

    public TokenBucket(int perMinute, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);

        (_time, _perSecond, _most) = (time, perMinute / 60.0, Math.Max(1, perMinute / 10.0));
        (_level, _at) = (_most, time.GetTimestamp());
    }

    /// <summary>Waits until <paramref name="units"/> are there.</summary>
    public async Task TakeAsync(long units, CancellationToken cancellationToken)
    {
        var wait = Take(units);
        if (wait <= TimeSpan.Zero)
            return;

        try
        {
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Give(units);
            throw;
        }
    }

    /// <summary>Gives back what was taken and not used; a negative number takes more, without waiting.</summary>
    public void Give(long units)
    {
        lock (_gate)
        {
            Refill();
            _level = Math.Min(_most, _level + units);
        }
    }

    private TimeSpan Take(long units)
    {
        lock (_gate)
        {
            Refill();
            _level -= units;

            // What is larger than the bucket goes when the bucket is full.
            var missing = -(_level + Math.Max(0, units - _most));
            return TimeSpan.FromSeconds(missing / _perSecond);
        }
    }

    private void Refill()
    {
        var now = _time.GetTimestamp();
        _level = Math.Min(_most, _level + (_time.GetElapsedTime(_at, now).TotalSeconds * _perSecond));
        _at = now;
    }
}
