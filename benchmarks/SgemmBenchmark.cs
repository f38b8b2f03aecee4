using System.Diagnostics;
using static TorchSharp.torch;

namespace SeedOrleans.Benchmarks;

/// <summary>The most that float32 products reach here: what every other figure is a share of.</summary>
internal static class SgemmBenchmark
{
    private const int Size = 1024;

    private const int Rounds = 15;

    public static void Run(Devices pair)
    {
        var table = new Table("sgemm 1024³", "GFLOP/s");
        table.Add("one thread", Table.Number(Peak(pair, 1)));
        table.Add("two threads", Table.Number(Peak(pair, 2)));
    }

    /// <returns>GFLOP/s of <paramref name="threads"/> threads together, each at the best of its rounds.</returns>
    public static double Peak(Devices pair, int threads)
    {
        var peaks = new double[threads];
        pair.Run(threads, thread =>
        {
            using var guard = no_grad();
            using var scope = NewDisposeScope();
            var (left, right) = (randn(Size, Size), randn(Size, Size));
            for (var round = 0; round < Rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                left.mm(right).Dispose();
                peaks[thread] = Math.Max(peaks[thread], 2e-9 * Size * Size * Size / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        });

        return peaks.Sum();
    }
}
