using SeedOrleans.Engine.Models;

namespace SeedOrleans.Benchmarks;

/// <summary>Tokens sampled a second: a batch of requests shared out to two engines on two threads, weights shared.</summary>
internal static class DecodeBenchmark
{
    private static readonly int[] Batches = [1, 8, 64];

    public static void Run(Devices pair, IReadOnlyList<BenchmarkModel> models)
    {
        var table = new Table("decode", "batch", "threads", "tokens/s", "GFLOP/s", "sgemm", "of sgemm");
        foreach (var model in models)
        {
            using var weights = ModelWeights.Random(model.Config, seed: 1).Pack();
            foreach (var batch in Batches)
            {
                var threads = Math.Min(batch, 2);
                using var sampling = new SamplingLoad(model, weights, pair, batch, threads);
                sampling.RunFor(TimeSpan.FromSeconds(1));
                var peak = SgemmBenchmark.Peak(pair, threads);
                var speed = sampling.RunFor(TimeSpan.FromSeconds(4));
                var flops = speed * model.FlopsAToken() / 1e9;

                table.Add(
                    model.Name, Table.Number(batch), Table.Number(threads), Table.Number(speed), Table.Number(flops),
                    Table.Number(peak), Table.Number(flops / peak));
            }
        }
    }
}
