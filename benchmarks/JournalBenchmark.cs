using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Grains.Rollout;

namespace SeedOrleans.Benchmarks;

/// <summary>What noting responses in flight costs sampling: stretches with and without notes take turns in one process, so that slow minutes
/// of the machine meet both.</summary>
internal static class JournalBenchmark
{
    private const int Batch = 256;
    private const int Threads = 2;
    private const int Rounds = 24;

    /// <summary>Of the worker's turns.</summary>
    private const int StepsATurn = 8;

    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(Devices pair, IReadOnlyList<BenchmarkModel> models)
    {
        var table = new Table("notes every", "model", "tokens/s", "notes/s", "ratio", "± (s.e.)");
        foreach (var model in models)
        {
            using var weights = ModelWeights.Random(model.Config, seed: 1).Pack();
            using var load = new SamplingLoad(model, weights, pair, Batch, Threads);
            load.RunFor(Stretch);
            foreach (var milliseconds in new[] { 0, 250, 1 })
            {
                List<double> speeds = [], ratios = [];
                var notes = 0;
                for (var round = 0; round < Rounds; round++)
                {
                    // Without, with, with, without: a drift of the machine cancels out.
                    var before = load.RunFor(Stretch);
                    var (first, some) = await NotedAsync(load, milliseconds);
                    var (second, others) = await NotedAsync(load, milliseconds);
                    var after = load.RunFor(Stretch);
                    notes += some + others;
                    speeds.Add((first + second) / 2);
                    ratios.Add((first + second) / (before + after));
                }

                var mean = ratios.Average();
                var error = Math.Sqrt(ratios.Sum(ratio => Math.Pow(ratio - mean, 2)) / (Rounds * (Rounds - 1)));
                table.Add(
                    $"{milliseconds} ms", model.Name, Table.Number(speeds.Average()), Table.Number(notes / (2 * Rounds * Stretch.TotalSeconds)),
                    Table.Number(mean), Table.Number(error));
            }
        }
    }

    /// <returns>Tokens a second, and how many notes were taken.</returns>
    private static async Task<(double Speed, int Notes)> NotedAsync(SamplingLoad load, int milliseconds)
    {
        using var folder = new BenchmarkFolder();
        var journal = new RolloutJournal(new LocalFolderStore(folder.Path));
        var keepers = Enumerable.Range(0, Threads)
            .Select(worker => new JournalKeeper(journal, "run", $"run/{worker}", TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System))
            .ToArray();
        var (notes, steps) = (0, new int[Threads]);

        var speed = load.RunFor(Stretch, (worker, engine) =>
        {
            if (++steps[worker] % StepsATurn != 0 || !keepers[worker].IsDue)
                return;

            keepers[worker].Note(collection: 1, engine.TakeProgress());
            Interlocked.Increment(ref notes);
        });

        for (var worker = 0; worker < Threads; worker++)
            await keepers[worker].FinishAsync(load.Engines[worker]);

        return (speed, notes);
    }
}
