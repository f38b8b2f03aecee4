using System.Diagnostics;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Storage.Azure;

namespace SeedOrleans.Benchmarks;

/// <summary>Saving to Azure's emulator against the client library's own upload of as many bytes, as it comes.</summary>
internal static class AzuriteBenchmark
{
    private const int Rounds = 3;

    public static async Task RunAsync(Devices pair, IReadOnlyList<BenchmarkModel> models)
    {
        using var azurite = await Azurite.StartAsync();
        var table = new Table("Azurite, MB/s", "MiB", "default", "save", "of it", "default", "load", "of it");
        foreach (var model in models)
        {
            using var training = new TrainingLoad(model, pair);
            training.Update();
            for (var round = 0; round < Rounds; round++)
            {
                var container = azurite.Client.GetBlobContainerClient($"round-{Guid.NewGuid():n}");
                await container.CreateAsync();
                var checkpoints = new CheckpointLoad(new AzureBlobStore(container), training, pair);
                var copies = checkpoints.Copy(out _);
                using var all = Together(copies);
                var blob = container.GetBlobClient("default");

                var start = Stopwatch.GetTimestamp();
                await blob.UploadAsync(all);
                var upload = Speed(start, all.Length);
                start = Stopwatch.GetTimestamp();
                await blob.DownloadToAsync(Stream.Null);
                var download = Speed(start, all.Length);

                start = Stopwatch.GetTimestamp();
                var manifest = await checkpoints.SaveAsync(copies);
                var save = Speed(start, all.Length);
                start = Stopwatch.GetTimestamp();
                await checkpoints.LoadAsync(manifest);
                var load = Speed(start, all.Length);
                table.Add(
                    model.Name, Table.Number(all.Length / 1048576.0), Table.Number(upload), Table.Number(save), Table.Number(save / upload),
                    Table.Number(download), Table.Number(load), Table.Number(load / download));
                await container.DeleteAsync();
            }
        }
    }

    private static MemoryStream Together(IEnumerable<CopiedPieces> copies)
    {
        var all = new MemoryStream();
        foreach (var piece in copies.SelectMany(copy => copy.Pieces))
            all.Write(piece.Bytes.Span);

        all.Position = 0;
        return all;
    }

    private static double Speed(long start, long bytes) => bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
}
