using System.Collections.Immutable;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Tests.Models.HuggingFace;

namespace SeedOrleans.Engine.Tests.Checkpointing;

/// <summary>A folder of checkpoints whose bytes follow from their step, so that whatever is loaded can be told right from wrong.</summary>
internal sealed class CheckpointFixture : IDisposable
{
    /// <summary>Small enough that every tensor but the scalar is cut.</summary>
    public const int MostShardBytes = 48;

    private const string Folder = "run/checkpoints";

    private readonly TemporaryFolder _folder = new();

    public CheckpointFixture()
    {
        Store = new LocalFolderStore(_folder.Path);
        Checkpoints = Over(Store);
    }

    public static IReadOnlyList<(string Name, string Dtype, long[] Shape)> Tensors { get; } =
        [("policy/norm", "F32", [7]), ("policy/matrix", "F32", [6, 5]), ("policy/experts", "BF16", [4, 3, 5]), ("optimizer/step", "F32", [])];

    public IBlobStore Store { get; }

    public CheckpointStore Checkpoints { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static CheckpointStore Over(IBlobStore store) => new(store, Folder) { MostShardBytes = MostShardBytes };

    public static string BlobOf(string checkpoint, string file) => $"{Folder}/{checkpoint}/{file}";

    /// <summary>All bytes of a tensor after a step.</summary>
    public static byte[] BytesOf(int step, int tensor)
    {
        var (_, dtype, shape) = Tensors[tensor];
        var bytes = new byte[shape.Aggregate(1L, (product, length) => product * length) * TensorPiece.SizeOf(dtype)];
        new Random((1000 * step) + tensor).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Writes two ranks' files and commits.</summary>
    /// <returns>False where the checkpoint existed before.</returns>
    public static async Task<bool> TrySaveAsync(CheckpointStore checkpoints, int step, int epoch = 1, int branch = 0)
    {
        var manifest = ManifestOf(step) with { Branch = branch };
        List<(string, TensorRecord)> parts = [];
        for (var rank = 0; rank < 2; rank++)
            parts.AddRange(await checkpoints.WriteShardAsync(CheckpointStore.NameOf(manifest), FileOf(epoch, rank), PiecesOf(step, rank, 2), Token));

        return await checkpoints.TryCommitAsync(manifest with { Tensors = CheckpointStore.Merge(parts) }, Token);
    }

    public static string FileOf(int epoch, int rank) => $"e{epoch}-r{rank}.safetensors";

    public static CheckpointManifest ManifestOf(int step) => new()
    {
        Format = CheckpointManifest.CurrentFormat,
        ColdStartSteps = 2,
        Step = step,
        Updates = step,
        Cursor = 10 * step,
        Chain = $"chain {step}",
        WeightsHash = $"weights {step}",
        Ranks = 2,
        Tensors = ImmutableSortedDictionary<string, TensorRecord>.Empty,
    };

    public static IReadOnlyList<TensorPiece> PiecesOf(int step, int rank, int ranks) =>
    [
        .. Tensors.Select((tensor, number) =>
        {
            var (bytes, size) = (BytesOf(step, number), TensorPiece.SizeOf(tensor.Dtype));
            var count = bytes.Length / size;
            var (start, end) = (count * rank / ranks, count * (rank + 1) / ranks);
            return new TensorPiece(tensor.Name, tensor.Dtype, tensor.Shape, start, bytes.AsMemory(start * size, (end - start) * size));
        }),
    ];

    /// <summary>Loads all of a checkpoint and compares it with what was written.</summary>
    /// <exception cref="CheckpointException">It cannot be loaded.</exception>
    public static async Task LoadAsync(CheckpointStore checkpoints, string checkpoint)
    {
        var manifest = await checkpoints.ReadAsync(checkpoint, Token);
        Assert.Equal($"chain {manifest.Step}", manifest.Chain);
        Assert.Equal(10 * manifest.Step, manifest.Cursor);
        foreach (var (number, (name, _, shape)) in Tensors.Index())
        {
            var expected = BytesOf(manifest.Step, number);
            var read = new byte[expected.Length];
            await checkpoints.ReadTensorAsync(manifest, name, new Box(new long[shape.Length], shape), read, Token);
            Assert.Equal(expected, read);
        }
    }

    /// <returns>The newest checkpoint that loads, as a run that starts again finds it; null where none does.</returns>
    public async Task<string?> FindNewestSoundAsync()
    {
        foreach (var name in (await Checkpoints.ListAsync(Token)).Reverse())
            try
            {
                await LoadAsync(Checkpoints, name);
                return name;
            }
            catch (CheckpointException)
            {
                // The one before it.
            }

        return null;
    }

    public async Task<string[]> FilesAsync() =>
        await Store.ListAsync(Folder + "/", Token).Select(entry => entry.Name[(Folder.Length + 1)..]).ToArrayAsync(Token);

    public void Dispose() => _folder.Dispose();
}
