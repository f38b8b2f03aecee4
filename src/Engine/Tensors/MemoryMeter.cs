namespace SeedOrleans.Engine.Tensors;

/// <summary>Counts the bytes of tensors that one thread has made and that still exist, and the most there ever were at once.</summary>
/// <remarks>
/// On the CPU. Exact: every block of libtorch's is counted as long as it was asked for, on whatever thread it is given back. What libraries take for
/// themselves while they compute, files that are mapped, and gaps between blocks are not seen.
/// </remarks>
public sealed class MemoryMeter : IDisposable
{
    /// <summary>Blocks name their account by its number, since they may outlive it.</summary>
    private static readonly Account[] Accounts = [.. Enumerable.Range(0, 256).Select(_ => new Account())];

    private static int _opened; // 0 is everybody's who does not count

    [ThreadStatic]
    private static int _current;

    private readonly int _outer;
    private readonly Account _account;

    private MemoryMeter(int number) => (_outer, _current, _account) = (_current, number, Accounts[number]);

    /// <summary>Now.</summary>
    public long Bytes => Volatile.Read(ref _account.Bytes);

    /// <summary>The most since the count began, or since <see cref="ForgetPeak"/>.</summary>
    public long PeakBytes => Volatile.Read(ref _account.Peak);

    /// <summary>Begins to count what the calling thread makes, until it disposes of the meter.</summary>
    /// <remarks>A process has so many accounts only; they are used again, oldest first.</remarks>
    public static MemoryMeter OnThisThread()
    {
        CountingAllocator.EnsureInstalled();
        var number = 1 + (int)((uint)Interlocked.Increment(ref _opened) % (Accounts.Length - 1));
        Accounts[number].Clear();
        return new MemoryMeter(number);
    }

    /// <summary>The calling thread's, for a thread that works for it; see <see cref="CountFor"/>.</summary>
    internal static int CurrentAccount => _current;

    /// <summary>From now on the calling thread's tensors count for another thread.</summary>
    /// <param name="account">That thread's <see cref="CurrentAccount"/>.</param>
    internal static void CountFor(int account) => _current = account;

    public void ForgetPeak() => Volatile.Write(ref _account.Peak, Bytes);

    public void Dispose() => _current = _outer;

    /// <returns>The account of the calling thread, where the bytes are now counted.</returns>
    internal static int Charge(long bytes)
    {
        Charge(bytes, _current);
        return _current;
    }

    internal static void Charge(long bytes, int account)
    {
        if (account != 0)
            Accounts[account].Add(bytes);
    }

    private sealed class Account
    {
        public long Bytes, Peak;

        public void Clear() => (Bytes, Peak) = (0, 0);

        public void Add(long bytes)
        {
            var now = Interlocked.Add(ref Bytes, bytes);
            for (var peak = Volatile.Read(ref Peak); now > peak;)
                peak = Interlocked.CompareExchange(ref Peak, now, peak) is var seen && seen == peak ? now : seen;
        }
    }
}
