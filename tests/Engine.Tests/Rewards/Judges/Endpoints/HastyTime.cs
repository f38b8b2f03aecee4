namespace SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

/// <summary>Waits of less than an hour are over at once, and the clock is then as much later; longer ones, which deadlines are, never end.</summary>
internal sealed class HastyTime : TimeProvider
{
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(1);

    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since the test began.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(GetTimestamp());

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < Deadline && dueTime >= TimeSpan.Zero)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Interlocked.Add(ref _ticks, dueTime.Ticks);
                callback(state);
            });
        }

        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
