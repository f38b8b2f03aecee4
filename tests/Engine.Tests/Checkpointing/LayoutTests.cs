using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Tests.Models.HuggingFace;

namespace SeedOrleans.Engine.Tests.Checkpointing;

/// <summary>A checkpoint written under each layout loads under every other, bit for bit.</summary>
public sealed class LayoutTests : IDisposable
{
    private static readonly (string Name, string Dtype, long[] Shape)[] Tensors =
    [
        ("embedding", "BF16", [37, 12]), ("attention.output", "F32", [12, 16]), ("experts.up", "F32", [5, 9, 12]), ("experts.down", "BF16", [4, 12, 9]),
        ("norm", "F32", [12]), ("head.bias", "BF16", [37]), ("step", "F32", []), ("one", "F32", [1, 1]),
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Writers => [.. Layout.All.Select(layout => layout.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task What_one_layout_writes_every_layout_reads(string writer)
    {
        // Uncut, cut in the middle of rows, and cut into single elements.
        foreach (var mostShardBytes in (int[])[4 << 20, 40, 1])
        {
            var checkpoints = new CheckpointStore(new LocalFolderStore(_folder.Path), $"shards-of-{mostShardBytes}") { MostShardBytes = mostShardBytes };
            var manifest = await SaveAsync(checkpoints, Layout.All.Single(layout => layout.Name == writer));
            Assert.Empty(await checkpoints.VerifyAsync(CheckpointStore.NameOf(manifest), Token));

            foreach (var reader in Layout.All)
                foreach (var tensor in Tensors)
                {
                    var elements = new HashSet<long>();
                    for (var rank = 0; rank < reader.Ranks; rank++)
                        foreach (var box in reader.PartsOf(tensor.Shape, rank)?.Boxes(tensor.Shape) ?? [])
                        {
                            var read = new byte[box.Count() * TensorPiece.SizeOf(tensor.Dtype)];
                            await checkpoints.ReadTensorAsync(manifest, tensor.Name, box, read, Token);
                            Assert.Equal(Elements(tensor, Places(tensor.Shape, box)), read);
                            elements.UnionWith(Places(tensor.Shape, box));
                        }

                    Assert.Equal(tensor.Shape.Aggregate(1L, (product, length) => product * length), elements.Count);
                }
        }
    }

    private static async Task<CheckpointManifest> SaveAsync(CheckpointStore checkpoints, Layout layout)
    {
        List<(string, TensorRecord)> parts = [];
        for (var rank = 0; rank < layout.Ranks; rank++)
        {
            List<TensorPiece> pieces = [];
            foreach (var tensor in Tensors)
                if (layout.PartsOf(tensor.Shape, rank) is { } part)
                {
                    var places = part.Box is { } box ? Places(tensor.Shape, box) : Enumerable.Range((int)part.Start, (int)part.Count).Select(place => (long)place);
                    pieces.Add(new TensorPiece(tensor.Name, tensor.Dtype, tensor.Shape, part.Start, Elements(tensor, places)) { Part = part.Box });
                }

            parts.AddRange(await checkpoints.WriteShardAsync(CheckpointStore.NameOf(2, 3), $"r{rank}.safetensors", pieces, Token));
        }

        var manifest = CheckpointFixture.ManifestOf(3) with { Ranks = layout.Ranks, Tensors = CheckpointStore.Merge(parts) };
        Assert.True(await checkpoints.TryCommitAsync(manifest, Token));
        return await checkpoints.ReadAsync(CheckpointStore.NameOf(2, 3), Token);
    }

    /// <summary>Row-major places of a box's elements in the whole tensor, one by one.</summary>
    private static IEnumerable<long> Places(long[] shape, Box box)
    {
        for (var element = 0L; element < box.Count(); element++)
        {
            var (place, stride, left) = (0L, 1L, element);
            for (var dim = shape.Length - 1; dim >= 0; dim--)
            {
                place += stride * (box.Offsets[dim] + (left % box.Lengths[dim]));
                left /= box.Lengths[dim];
                stride *= shape[dim];
            }

            yield return place;
        }
    }

    private static byte[] Elements((string Name, string Dtype, long[] Shape) tensor, IEnumerable<long> places)
    {
        var size = TensorPiece.SizeOf(tensor.Dtype);
        var whole = new byte[tensor.Shape.Aggregate(1L, (product, length) => product * length) * size];
        new Random(tensor.Name.Length).NextBytes(whole);
        return [.. places.SelectMany(place => whole.AsSpan((int)place * size, size).ToArray())];
    }
}
