using System.Diagnostics;
using SeedOrleans.Engine.Storage.LocalFolder;

namespace SeedOrleans.Benchmarks;

/// <summary>What a checkpoint after every step costs training: the standstill while state is copied, and the slower steps while it is written.</summary>
internal static class StandstillBenchmark
{
    private const int Rounds = 3;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(6);

    public static async Task RunAsync(DevicePair pair, IReadOnlyList<BenchmarkModel> models)
    {
        var table = new Table("checkpoint a step", "MiB", "step ms", "unprepared ms", "first copy ms", "copy ms", "wait ms", "standstill", "slower by");
        foreach (var model in models)
        {
            using var folder = new BenchmarkFolder();
            using var training = new TrainingLoad(model, pair);
            var checkpoints = new CheckpointLoad(new LocalFolderStore(folder.Path), training, pair);

            // As a rank does it when it starts.
            pair.Run(2, rank => training.Ranks[rank].PrepareCopy(rank, 2));
            training.Update();
            var copies = checkpoints.Copy(out var firstCopy);
            var bytes = copies.Sum(copy => copy.Pieces.Sum(piece => (long)piece.Bytes.Length));

            // All prepared memory is in use, so this one takes fresh memory.
            var others = checkpoints.Copy(out var unprepared);
            Array.ForEach(others, copy => copy.Dispose());

            await checkpoints.SaveAsync(copies);

            List<double> alone = [], beside = [], copied = [], waited = [];
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
                    copies = checkpoints.Copy(out var copy);
                    copied.Add(copy.TotalMilliseconds);
                    saving = SaveAsync(checkpoints, copies);
                    beside.Add(training.Update().TotalMilliseconds);
                }

                await saving;
            }

            var step = alone.Average();
            table.Add(
                model.Name, Table.Number(bytes / 1048576.0), Table.Number(step), Table.Number(unprepared.TotalMilliseconds),
                Table.Number(firstCopy.TotalMilliseconds), Table.Number(copied.Average()), Table.Number(waited.Average()), Table.Number((copied.Average() + waited.Average()) / step),
                Table.Number((beside.Average() / step) - 1));
        }
    }

    private static async Task SaveAsync(CheckpointLoad checkpoints, Engine.Checkpointing.CopiedPieces[] copies)
    {
        await checkpoints.SaveAsync(copies);
        await checkpoints.CollectAsync();
    }
}
