using System.Collections.Immutable;
using System.Text.Json;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>A run's checkpoints in a store: <c>NAME/manifest.json</c> and the ranks' files beside it.</summary>
/// <param name="folder">Of the run's checkpoints.</param>
public sealed class CheckpointStore(IBlobStore store, string folder)
{
    private const string Manifest = "manifest.json", Pin = "pinned";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Folder => folder;

    /// <summary>Names sort in the order of training.</summary>
    /// <param name="branch">Of the run's history; 0 unless it was rewound.</param>
    public static string NameOf(int coldStartSteps, int step, int branch = 0) => $"c{coldStartSteps:d6}-s{step:d8}{(branch == 0 ? "" : $"-b{branch}")}";

    /// <summary>Writes one rank's pieces, in one file.</summary>
    /// <param name="file">Nobody else's: a zombie must not overwrite it.</param>
    /// <returns>What the manifest must say of them.</returns>
    public async Task<ImmutableArray<(string Tensor, TensorRecord Record)>> WriteShardAsync(
        string checkpoint, string file, IReadOnlyList<TensorPiece> pieces, CancellationToken cancellationToken)
    {
        var (content, shards) = ShardFile.Encode(file, pieces);
        await store.WriteAsync($"{folder}/{checkpoint}/{file}", content, cancellationToken);
        return
        [
            .. shards.GroupBy(shard => shard.Piece.Name).Select(tensor => (
                tensor.Key, new TensorRecord(tensor.First().Piece.Dtype, [.. tensor.First().Piece.Shape], [.. tensor.Select(shard => shard.Shard)]))),
        ];
    }

    /// <summary>Brings together what the ranks wrote.</summary>
    public static ImmutableSortedDictionary<string, TensorRecord> Merge(IEnumerable<(string Tensor, TensorRecord Record)> parts) =>
        parts.GroupBy(part => part.Tensor).ToImmutableSortedDictionary(
            tensor => tensor.Key,
            tensor => tensor.First().Record with { Shards = [.. tensor.SelectMany(part => part.Record.Shards)] },
            StringComparer.Ordinal);

    /// <summary>From now on the checkpoint exists.</summary>
    /// <returns>False where it existed before; that one stands.</returns>
    public async Task<bool> TryCommitAsync(CheckpointManifest manifest, CancellationToken cancellationToken) =>
        await store.TryCreateAsync(
            $"{folder}/{NameOf(manifest.ColdStartSteps, manifest.Step, manifest.Branch)}/{Manifest}", JsonSerializer.SerializeToUtf8Bytes(manifest, Json), cancellationToken) is not null;

    /// <returns>Names of the checkpoints that exist, oldest first.</returns>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (var entry in store.ListAsync(folder + "/", cancellationToken))
            if (entry.Name.EndsWith("/" + Manifest, StringComparison.Ordinal))
                names.Add(entry.Name[(folder.Length + 1)..^(Manifest.Length + 1)]);

        return names;
    }

    /// <exception cref="CheckpointException">There is none of that name, or it is damaged.</exception>
    public async Task<CheckpointManifest> ReadAsync(string checkpoint, CancellationToken cancellationToken)
    {
        var blob = await store.ReadAsync($"{folder}/{checkpoint}/{Manifest}", cancellationToken)
            ?? throw new CheckpointException($"There is no checkpoint {checkpoint} in {store.Place}/{folder}.");
        try
        {
            var manifest = JsonSerializer.Deserialize<CheckpointManifest>(blob.Content, Json);
            return manifest is { Format: CheckpointManifest.CurrentFormat }
                ? manifest
                : throw new CheckpointException($"Checkpoint {checkpoint} has format {manifest?.Format}, and this version reads {CheckpointManifest.CurrentFormat}.");
        }
        catch (JsonException damaged)
        {
            throw new CheckpointException($"The manifest of checkpoint {checkpoint} is damaged: {damaged.Message}", damaged);
        }
    }

    /// <summary>Fills <paramref name="target"/> with a part of a tensor, whatever layout wrote it, reading only what it needs.</summary>
    /// <param name="target">The box's elements in row-major order.</param>
    /// <exception cref="CheckpointException">The tensor is missing or incomplete, or bytes are not what was written.</exception>
    public async Task ReadTensorAsync(
        CheckpointManifest manifest, string tensor, Box wanted, Memory<byte> target, CancellationToken cancellationToken)
    {
        var checkpoint = NameOf(manifest.ColdStartSteps, manifest.Step, manifest.Branch);
        if (!manifest.Tensors.TryGetValue(tensor, out var record))
            throw new CheckpointException($"Checkpoint {checkpoint} has no tensor {tensor}.");

        var size = TensorPiece.SizeOf(record.Dtype);
        var read = 0L;
        foreach (var shard in record.Shards)
        {
            var box = new Box([.. shard.Offsets], [.. shard.Lengths]);
            if (wanted.Intersect(box) is not { } shared)
                continue;

            await ReadSharedAsync($"{folder}/{checkpoint}/{shard.File}", tensor, shard, box, shared, wanted, size, target, cancellationToken);
            read += shared.Count();
        }

        if (read != wanted.Count())
            throw new CheckpointException($"Checkpoint {checkpoint} holds {read} of the {wanted.Count()} elements of {tensor} that were asked for.");
    }

    /// <summary>A pinned checkpoint stays, whatever a run's retention says.</summary>
    public Task PinAsync(string checkpoint, CancellationToken cancellationToken) =>
        store.WriteAsync($"{folder}/{checkpoint}/{Pin}", Array.Empty<byte>(), cancellationToken);

    public async Task<bool> IsPinnedAsync(string checkpoint, CancellationToken cancellationToken) =>
        await store.ReadAsync($"{folder}/{checkpoint}/{Pin}", cancellationToken) is not null;

    /// <summary>Removes a checkpoint: its manifest first, so that it is never half there.</summary>
    public async Task RemoveAsync(string checkpoint, CancellationToken cancellationToken)
    {
        await store.DeleteAsync($"{folder}/{checkpoint}/{Manifest}", cancellationToken);
        await foreach (var entry in store.ListAsync($"{folder}/{checkpoint}/", cancellationToken))
            await store.DeleteAsync(entry.Name, cancellationToken);
    }

    private async Task ReadSharedAsync(
        string blob, string tensor, ShardRecord shard, Box box, Box shared, Box wanted, int size, Memory<byte> target,
        CancellationToken cancellationToken)
    {
        if (shared.Count() == box.Count() && IsOneRun(shared, wanted))
        {
            var place = Box.Place(wanted.Lengths, Minus(shared.Offsets, wanted.Offsets)) * size;
            var bytes = target.Slice(checked((int)place), checked((int)shard.Bytes));
            await store.ReadRangeAsync(blob, shard.Start, bytes, cancellationToken);
            Check(blob, tensor, shard, bytes.Span);
            return;
        }

        var runs = new BoxRuns(shared);
        var whole = new byte[checked((int)shard.Bytes)];
        if (shared.Count() == box.Count())
        {
            await store.ReadRangeAsync(blob, shard.Start, whole, cancellationToken);
            Check(blob, tensor, shard, whole);
        }
        else
        {
            // From the first element that is needed to the last: rows between them are few in the layouts there are.
            var first = Box.Place(box.Lengths, Minus(shared.Offsets, box.Offsets)) * size;
            var last = (Box.Place(box.Lengths, Minus(shared.Last(), box.Offsets)) + 1) * size;
            await store.ReadRangeAsync(blob, shard.Start + first, whole.AsMemory((int)first, (int)(last - first)), cancellationToken);
        }

        foreach (var run in runs)
        {
            var from = Box.Place(box.Lengths, Minus(run, box.Offsets)) * size;
            var to = Box.Place(wanted.Lengths, Minus(run, wanted.Offsets)) * size;
            whole.AsMemory((int)from, (int)(runs.Length * size)).CopyTo(target[(int)to..]);
        }
    }

    private static void Check(string blob, string tensor, ShardRecord shard, ReadOnlySpan<byte> bytes)
    {
        if (Crc32C.Of(bytes) != shard.Checksum)
            throw new CheckpointException($"{tensor} in '{blob}', bytes {shard.Start} to {shard.Start + shard.Bytes}, is not what was written; use an older checkpoint.");
    }

    /// <summary>The part's elements follow each other in the whole without a gap.</summary>
    private static bool IsOneRun(Box part, Box whole)
    {
        var dim = 0;
        while (dim < part.Lengths.Length && part.Lengths[dim] == 1)
            dim++;

        return part.Lengths.AsSpan(Math.Min(dim + 1, part.Lengths.Length)).SequenceEqual(whole.Lengths.AsSpan(Math.Min(dim + 1, part.Lengths.Length)));
    }

    private static long[] Minus(long[] left, long[] right) => [.. left.Zip(right, (one, other) => one - other)];
}
