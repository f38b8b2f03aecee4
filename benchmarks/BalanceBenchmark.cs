using System.Diagnostics;
using System.Globalization;
using SeedOrleans.Engine.Planning.Balance;

namespace SeedOrleans.Benchmarks;

/// <summary>Dealing sequences to parts: how long it takes as their number grows, and how even the parts are, beside largest differencing alone.</summary>
/// <remarks>Lengths as responses have them, most short and some very long: log-normal, up to 32,768 tokens; workloads of a 7B model.</remarks>
internal static class BalanceBenchmark
{
    private const int Rounds = 5;

    public static void Run()
    {
        var table = new Table("sequences into parts", "ms", "us each", "spread", "alone", "equal, ms", "spread", "alone");
        foreach (var (count, parts) in ((int, int)[])[(1024, 8), (4096, 32), (8192, 64), (16384, 128), (32768, 256), (65536, 512), (65536, 64), (131072, 512)])
        {
            var weights = Workloads(count);
            var mean = weights.Sum() / parts;
            var (free, freeTime) = Best(() => KarmarkarKarp.Deal(weights, parts, equalSizes: false));
            var (equal, equalTime) = Best(() => KarmarkarKarp.Deal(weights, parts, equalSizes: true));
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"{count:N0} into {parts}"), Table.Number(freeTime), Table.Number(1000 * freeTime / count),
                Share(free.Spread / mean), Share(Alone(weights, parts, equalSizes: false) / mean), Table.Number(equalTime), Share(equal.Spread / mean),
                Share(Alone(weights, parts, equalSizes: true) / mean));
        }
    }

    private static double Alone(double[] weights, int parts, bool equalSizes) =>
        Partitioning.Of(KarmarkarKarp.Difference(weights, parts, equalSizes), weights).Spread;

    private static (Partitioning Dealt, double Milliseconds) Best(Func<Partitioning> deal)
    {
        var (dealt, best) = (deal(), double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            dealt = deal();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (dealt, best);
    }

    private static double[] Workloads(int count)
    {
        var chance = new Random(1);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                var normal = Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
                var tokens = Math.Floor(Math.Clamp(Math.Exp(7.5 + normal), 16, 32768));
                return (6.0 * 4096 * tokens) + (tokens * tokens);
            }),
        ];
    }

    /// <summary>Of the mean load.</summary>
    private static string Share(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
