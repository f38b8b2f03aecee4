using System.Globalization;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Benchmarks;

/// <summary>Memory over a million sampled tokens: it must not grow.</summary>
internal static class MemoryBenchmark
{
    private const long Tokens = 3_000_000;

    private const long Interval = 250_000;

    public static void Run(Devices pair)
    {
        var table = new Table("sampled tokens", "RSS MiB", "heap MiB");
        using var weights = ModelWeights.Random(BenchmarkModel.Quickstart.Config, seed: 1).Pack();
        using var sampling = new SamplingLoad(BenchmarkModel.Quickstart, weights, pair, batch: 128, threads: 2);

        for (var next = Interval; next <= Tokens; next += Interval)
        {
            while (sampling.SampledTokens < next)
                sampling.RunFor(TimeSpan.FromMilliseconds(100));

            table.Add(
                sampling.SampledTokens.ToString("N0", CultureInfo.InvariantCulture),
                Table.Number(Environment.WorkingSet / 1048576.0), Table.Number(GC.GetTotalMemory(false) / 1048576.0));
        }
    }
}
