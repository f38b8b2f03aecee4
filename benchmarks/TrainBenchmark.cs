using System.Diagnostics;

namespace SeedOrleans.Benchmarks;

/// <summary>Tokens trained a second: forward, backward, all-reduce and optimizer step of two ranks on two threads.</summary>
internal static class TrainBenchmark
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    public static void Run(Devices pair, IReadOnlyList<BenchmarkModel> models)
    {
        var table = new Table("train", "batch", "longest", "lengths", "tokens/s", "CPU µs", "GFLOP/s", "sgemm", "of sgemm");
        foreach (var model in models.SelectMany(model => (BenchmarkModel[])[model, model.WithUnevenLengths()]))
        {
            var peak = SgemmBenchmark.Peak(pair, 2);
            var before = Environment.CpuUsage.TotalTime;
            var speed = TokensPerSecond(model, pair, out var tokens);
            var processor = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / tokens;

            // Backward multiplies by each matrix twice more.
            var flops = 3 * speed * model.FlopsAToken() / 1e9;
            table.Add(
                model.Name, Table.Number(model.Sequences), Table.Number(model.SequenceTokens), model.HasEvenLengths ? "equal" : "uneven", Table.Number(speed), Table.Number(processor),
                Table.Number(flops), Table.Number(peak), Table.Number(flops / peak));
        }
    }

    /// <returns>Tokens through the network a second, both ranks together.</returns>
    public static double TokensPerSecond(BenchmarkModel model, Devices pair) => TokensPerSecond(model, pair, out _);

    /// <param name="tokens">All that went through it.</param>
    private static double TokensPerSecond(BenchmarkModel model, Devices pair, out long tokens)
    {
        using var training = new TrainingLoad(model, pair);
        training.Update();
        var (updates, start) = (0, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < Time; updates++)
            training.Update();

        tokens = (updates + 1) * training.Tokens;
        return updates * training.Tokens / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
