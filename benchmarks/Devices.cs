using System.Diagnostics;
using SeedOrleans.Engine.Devices;

namespace SeedOrleans.Benchmarks;

/// <summary>Device threads: what engines or ranks of a small machine run on.</summary>
internal sealed class Devices(int count = 2) : IDisposable
{
    private readonly DeviceThread[] _threads = [.. Enumerable.Range(0, count).Select(number => new DeviceThread($"benchmark {number}"))];

    /// <summary>Runs <paramref name="work"/> on the first <paramref name="threads"/> threads at once and waits for all.</summary>
    /// <returns>Wall-clock time.</returns>
    public TimeSpan Run(int threads, Action<int> work)
    {
        var start = Stopwatch.GetTimestamp();
        Task.WhenAll(_threads.Take(threads).Select((thread, index) => thread.RunAsync(() => work(index), CancellationToken.None)))
            .GetAwaiter().GetResult();

        return Stopwatch.GetElapsedTime(start);
    }

    public void Dispose()
    {
        foreach (var thread in _threads)
            thread.Dispose();
    }
}
