using System.Diagnostics;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Storage.LocalFolder;

namespace SeedOrleans.Benchmarks;

/// <summary>What a checkpoint after every step costs training: the standstill until it goes on and for copies that are not whole at the
/// optimizer's step, and slower steps because state is copied and written beside them.</summary>
internal static class StandstillBenchmark
{
    private const int Rounds = 3;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(6);

    public static async Task RunAsync(Devices pair, IReadOnlyList<BenchmarkModel> models)
    {
        var table = new Table("checkpoint a step", "MiB", "step ms", "unprepared ms", "copy ms", "begin ms", "step waits ms", "save waits ms", "standstill", "slower by");
        foreach (var model in models)
        {
            using var folder = new BenchmarkFolder();
            using var training = new TrainingLoad(model, pair);
            var checkpoints = new CheckpointLoad(new LocalFolderStore(folder.Path), training, pair);

            // As a rank does it when it starts.
            pair.Run(2, rank => training.Ranks[rank].PrepareCopy());
            training.Update();
            var copies = checkpoints.Copy(out var firstCopy);
            var bytes = copies.Sum(copy => copy.Pieces.Sum(piece => (long)piece.Bytes.Length));

            // All prepared memory is in use, so this one takes fresh memory.
            var others = checkpoints.Copy(out var unprepared);
            Array.ForEach(others, copy => copy.Dispose());

            await checkpoints.SaveAsync(copies);

            List<double> alone = [], beside = [], begun = [], stood = [], waited = [];
            for (var round = 0; round < Rounds; round++)
            {
                for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Time;)
                    alone.Add(training.Update().TotalMilliseconds);

                var saving = Task.CompletedTask;
                for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Time;)
                {
                    var asked = Stopwatch.GetTimestamp();
                    await saving;
                    waited.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                    var copying = checkpoints.BeginCopy(out var beginning);
                    begun.Add(beginning.TotalMilliseconds);
                    saving = SaveAsync(checkpoints, copying);
                    var before = training.Ranks.Max(rank => rank.WaitedForCopies);
                    beside.Add(training.Update().TotalMilliseconds);
                    stood.Add((training.Ranks.Max(rank => rank.WaitedForCopies) - before).TotalMilliseconds);
                }

                await saving;
            }

            var step = alone.Average();
            table.Add(
                model.Name, Table.Number(bytes / 1048576.0), Table.Number(step), Table.Number(unprepared.TotalMilliseconds),
                Table.Number(firstCopy.TotalMilliseconds), Table.Number(begun.Average()), Table.Number(stood.Average()), Table.Number(waited.Average()),
                Table.Number((begun.Average() + stood.Average() + waited.Average()) / step),
                Table.Number((beside.Average() / step) - 1));
        }
    }

    private static async Task SaveAsync(CheckpointLoad checkpoints, Task<CopiedPieces>[] copying)
    {
        await checkpoints.SaveAsync(await Task.WhenAll(copying));
        await checkpoints.CollectAsync();
    }
}
