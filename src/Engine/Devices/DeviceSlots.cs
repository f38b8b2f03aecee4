namespace SeedOrleans.Engine.Devices;

/// <summary>How many ranks and workers this process computes for, beside how many it should.</summary>
/// <param name="total">More than these share cores.</param>
public sealed class DeviceSlots(int total)
{
    private int _used;

    public int Total => total;

    public int Used => Volatile.Read(ref _used);

    /// <summary>Takes a slot, or a share of one where all are taken; disposing gives it back.</summary>
    public IDisposable Take()
    {
        Interlocked.Increment(ref _used);
        return new Held(this);
    }

    private sealed class Held(DeviceSlots slots) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                Interlocked.Decrement(ref slots._used);
        }
    }
}
