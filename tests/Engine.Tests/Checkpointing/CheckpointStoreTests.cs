using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Models.HuggingFace;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Tests.Models.HuggingFace;

namespace SeedOrleans.Engine.Tests.Checkpointing;

public sealed class CheckpointStoreTests : IDisposable
{
    private static readonly long[][] Shapes = [[7], [6, 5], [4, 3, 5], []];

    private readonly TemporaryFolder _folder = new();
    private readonly CheckpointStore _checkpoints;

    public CheckpointStoreTests() => _checkpoints = new CheckpointStore(new LocalFolderStore(_folder.Path), "run/checkpoints");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Any_part_of_any_tensor_comes_back_whatever_ranks_wrote_it(int ranks)
    {
        var manifest = await SaveAsync(ranks);
        var random = new Random(ranks);
        foreach (var (number, shape) in Shapes.Index())
            for (var trial = 0; trial < 40; trial++)
            {
                var offsets = shape.Select(length => random.NextInt64(length)).ToArray();
                var lengths = shape.Zip(offsets, (length, offset) => 1 + random.NextInt64(length - offset)).ToArray();
                var box = new Box(offsets, lengths);
                var bytes = new byte[box.Count() * sizeof(float)];

                await _checkpoints.ReadTensorAsync(manifest, $"t{number}", box, bytes, Cancellation);

                Assert.Equal(
                    new BoxRuns(box).SelectMany(run => Enumerable.Range(0, (int)new BoxRuns(box).Length).Select(place => Value(number, Box.Place(shape, run) + place))),
                    System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray());
            }
    }

    [Fact]
    public async Task A_checkpoint_exists_when_its_manifest_does()
    {
        await WriteAsync(rank: 0, ranks: 1);
        Assert.Empty(await _checkpoints.ListAsync(Cancellation));

        var manifest = await SaveAsync(ranks: 1);
        Assert.Equal(["c000002-s00000003"], await _checkpoints.ListAsync(Cancellation));
        Assert.False(await _checkpoints.TryCommitAsync(manifest with { WeightsHash = "another" }, Cancellation));
        Assert.Equal("w", (await _checkpoints.ReadAsync("c000002-s00000003", Cancellation)).WeightsHash);

        await _checkpoints.RemoveAsync("c000002-s00000003", Cancellation);
        Assert.Empty(await _checkpoints.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Its_files_are_safetensors()
    {
        await SaveAsync(ranks: 2);

        using var file = SafetensorsFile.Open(DataFile(1));

        Assert.Contains("t1@3,0", file.Entries.Keys);
    }

    [Fact]
    public async Task A_flipped_bit_is_found_and_named()
    {
        var manifest = await SaveAsync(ranks: 2);
        var bytes = await File.ReadAllBytesAsync(DataFile(1), Cancellation);
        bytes[^1] ^= 4;
        await File.WriteAllBytesAsync(DataFile(1), bytes, Cancellation);

        var found = await Assert.ThrowsAsync<CheckpointException>(async () =>
        {
            foreach (var (number, shape) in Shapes.Index())
                await _checkpoints.ReadTensorAsync(
                    manifest, $"t{number}", new Box(new long[shape.Length], shape), new byte[Count(shape) * sizeof(float)], Cancellation);
        });

        Assert.Contains("is not what was written", found.Message, StringComparison.Ordinal);
    }

    private string DataFile(int rank) =>
        Directory.EnumerateFiles(_folder.Path, $"e1-r{rank}.safetensors", SearchOption.AllDirectories).Single();

    private async Task<CheckpointManifest> SaveAsync(int ranks)
    {
        List<(string, TensorRecord)> parts = [];
        for (var rank = 0; rank < ranks; rank++)
            parts.AddRange(await WriteAsync(rank, ranks));

        var manifest = new CheckpointManifest
        {
            Format = CheckpointManifest.CurrentFormat,
            ColdStartSteps = 2,
            Step = 3,
            Updates = 3,
            Cursor = 1,
            Chain = "c",
            WeightsHash = "w",
            Ranks = ranks,
            Tensors = CheckpointStore.Merge(parts),
        };
        Assert.True(await _checkpoints.TryCommitAsync(manifest, Cancellation));
        return await _checkpoints.ReadAsync("c000002-s00000003", Cancellation);
    }

    private async Task<IEnumerable<(string, TensorRecord)>> WriteAsync(int rank, int ranks)
    {
        List<TensorPiece> pieces = [];
        foreach (var (number, shape) in Shapes.Index())
        {
            var (start, end) = (Count(shape) * rank / ranks, Count(shape) * (rank + 1) / ranks);
            var values = Enumerable.Range((int)start, (int)(end - start)).Select(place => Value(number, place)).ToArray();
            pieces.Add(new TensorPiece($"t{number}", "F32", shape, start, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray()));
        }

        return await _checkpoints.WriteShardAsync("c000002-s00000003", $"e1-r{rank}.safetensors", pieces, Cancellation);
    }

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, length) => product * length);

    private static float Value(int tensor, long place) => (1000 * tensor) + place;
}
