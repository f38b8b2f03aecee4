using System.Diagnostics;
using static TorchSharp.torch;

namespace SeedOrleans.Benchmarks;

/// <summary>What the machine gives at this moment, so that figures can be read as shares of it.</summary>
internal static class Machine
{
    /// <returns>float32 matrix products, GFLOP/s on one thread, the best of several.</returns>
    public static double PeakGigaflops()
    {
        const int Size = 1024;
        using var scope = NewDisposeScope();
        var (left, right) = (rand(Size, Size), rand(Size, Size));

        var best = double.MaxValue;
        for (var round = 0; round < 12; round++)
        {
            var start = Stopwatch.GetTimestamp();
            left.mm(right).Dispose();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2.0 * Size * Size * Size / best / 1e9;
    }

    /// <summary>Runs <paramref name="work"/> on two threads at once.</summary>
    /// <returns>Seconds until both are done.</returns>
    public static double OnTwoThreads(Action<int> work)
    {
        var start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(number => new Thread(() =>
        {
            set_num_threads(1);
            work(number);
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
