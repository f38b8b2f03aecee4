namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Lets nothing through for a while after so many failures in a row, then one to see, and all again if that succeeds.</summary>
/// <remarks>Nygard, Release It!, 2007. Safe to use from many threads.</remarks>
/// <param name="failures">In a row, that open it.</param>
/// <param name="pause">How long it stays open.</param>
internal sealed class CircuitBreaker(int failures, TimeSpan pause, TimeProvider time)
{
    private readonly Lock _gate = new();
    private int _inARow;
    private long _openedAt;
    private bool _isProbing;

    /// <exception cref="CircuitOpenException">It is open, or one is on its way to see.</exception>
    public void Enter()
    {
        lock (_gate)
        {
            if (_inARow < failures)
                return;

            var left = pause - time.GetElapsedTime(_openedAt);
            if (_isProbing || left > TimeSpan.Zero)
                throw new CircuitOpenException(_inARow, left > TimeSpan.Zero ? left : TimeSpan.Zero);

            _isProbing = true;
        }
    }

    public void Succeed()
    {
        lock (_gate)
            (_inARow, _isProbing) = (0, false);
    }

    public void Fail()
    {
        lock (_gate)
        {
            (_inARow, _isProbing) = (_inARow + 1, false);
            if (_inARow >= failures)
                _openedAt = time.GetTimestamp();
        }
    }

    /// <summary>It ended without showing anything of the endpoint.</summary>
    public void Leave()
    {
        lock (_gate)
            _isProbing = false;
    }
}
