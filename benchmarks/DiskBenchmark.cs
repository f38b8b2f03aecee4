using System.Diagnostics;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Storage.LocalFolder;

namespace SeedOrleans.Benchmarks;

/// <summary>Saving and loading against one plain file of as many bytes, written to the end and flushed, and read from its beginning to its end.</summary>
/// <remarks>Reads come from the disk: the system's cache is emptied of the files before.</remarks>
internal static class DiskBenchmark
{
    private const int Rounds = 3;

    private const int PieceBytes = 8 << 20;

    public static async Task RunAsync(Devices pair, IReadOnlyList<BenchmarkModel> models)
    {
        var table = new Table("disk, MB/s", "raw write", "save", "of raw", "raw read", "load", "of raw", "cached", "of memory");
        foreach (var model in models)
        {
            using var folder = new BenchmarkFolder();
            using var training = new TrainingLoad(model, pair);
            var checkpoints = new CheckpointLoad(new LocalFolderStore(folder.Path), training, pair);
            training.Update();

            byte[][] memory = [];
            for (var round = 0; round < Rounds; round++)
            {
                var raw = Path.Combine(folder.Path, "raw");
                var copies = checkpoints.Copy(out _);
                var bytes = copies.Sum(copy => copy.Pieces.Sum(piece => (long)piece.Bytes.Length));
                if (memory.Length == 0)
                    memory = [.. Enumerable.Range(0, (int)((bytes + PieceBytes - 1) / PieceBytes)).Select(_ => new byte[PieceBytes])];

                foreach (var piece in memory)
                    Array.Fill(piece, (byte)1);

                var write = Speed(bytes, () => WriteRaw(raw, copies, bytes));
                DiskCache.Forget(raw);
                var read = Speed(bytes, () => ReadRaw(raw, memory));
                var readCached = Speed(bytes, () => ReadRaw(raw, memory));
                File.Delete(raw);

                CheckpointManifest manifest = null!;
                var save = await SpeedAsync(bytes, async () => manifest = await checkpoints.SaveAsync(copies));
                DiskCache.ForgetAll(folder.Path);
                var load = await SpeedAsync(bytes, () => checkpoints.LoadAsync(manifest));
                var loadCached = await SpeedAsync(bytes, () => checkpoints.LoadAsync(manifest));
                await checkpoints.CollectAsync();
                table.Add(
                    model.Name, Table.Number(write), Table.Number(save), Table.Number(save / write), Table.Number(read), Table.Number(load),
                    Table.Number(load / read), Table.Number(loadCached), Table.Number(loadCached / readCached));
            }
        }
    }

    private static double Speed(long bytes, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> SpeedAsync(long bytes, Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void WriteRaw(string path, CopiedPieces[] copies, long bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, preallocationSize: bytes);
        var offset = 0L;
        foreach (var piece in copies.SelectMany(copy => copy.Pieces))
        {
            RandomAccess.Write(file, piece.Bytes.Span, offset);
            offset += piece.Bytes.Length;
        }

        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Every byte has a place in memory, as it has in tensors.</summary>
    private static void ReadRaw(string path, byte[][] memory)
    {
        using var file = File.OpenHandle(path);
        var offset = 0L;
        foreach (var piece in memory)
            offset += RandomAccess.Read(file, piece, offset);
    }
}
