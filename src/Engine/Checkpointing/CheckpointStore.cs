using System.Collections.Immutable;
using System.Text.Json;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>A run's checkpoints in a store: <c>NAME/manifest.json</c> and the ranks' files beside it.</summary>
/// <param name="folder">Of the run's checkpoints.</param>
public sealed class CheckpointStore(IBlobStore store, string folder)
{
    internal const string Manifest = "manifest.json", Hold = "pinned";

    private static JsonSerializerOptions Json => JsonSerializerOptions.Web;

    /// <summary>Larger pieces are cut, so that a part of a tensor can be read and checked without the rest.</summary>
    internal int MostShardBytes { get; init; } = 4 << 20;

    public string Folder => folder;

    /// <summary>Names sort in the order of training.</summary>
    public static string NameOf(int coldStartSteps, int step) => NameOf(coldStartSteps, step, branch: 0);

    /// <param name="branch">How often the run was rewound before.</param>
    public static string NameOf(int coldStartSteps, int step, int branch) => $"{new CheckpointName(coldStartSteps, step, branch)}";

    public static string NameOf(CheckpointManifest manifest) => NameOf(manifest.ColdStartSteps, manifest.Step, manifest.Branch);

    /// <returns>Bytes of tensor data.</returns>
    public static long BytesOf(CheckpointManifest manifest) => manifest.Tensors.Values.Sum(tensor => tensor.Shards.Sum(shard => shard.Bytes));

    /// <summary>Writes one rank's pieces, in one file.</summary>
    /// <param name="file">Nobody else's: a zombie must not overwrite it.</param>
    /// <returns>What the manifest must say of them.</returns>
    public async Task<ImmutableArray<(string Tensor, TensorRecord Record)>> WriteShardAsync(
        string checkpoint, string file, IReadOnlyList<TensorPiece> pieces, CancellationToken cancellationToken)
    {
        // Checksums are in the manifest alone, so they are computed while the file is on its way.
        var layout = new ShardFile(file, pieces, MostShardBytes);
        var records = Task.Run(layout.Records, cancellationToken);
        await Task.WhenAll(store.WriteAsync($"{folder}/{checkpoint}/{file}", layout.Content(), cancellationToken), records);
        return
        [
            .. (await records).GroupBy(shard => shard.Piece.Name).Select(tensor => (
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
    /// <returns>False where it existed before; that one stands. Also where its files are being removed as a save's that never ended.</returns>
    /// <exception cref="CheckpointException">The manifest cannot be true, or a file that it names is gone or has another length.</exception>
    public async Task<bool> TryCommitAsync(CheckpointManifest manifest, CancellationToken cancellationToken)
    {
        var name = NameOf(manifest);
        if (ManifestRules.FindBroken(manifest) is { } broken)
            throw new CheckpointException($"Checkpoint {name} was not committed: {broken}.");

        var content = Seal.Close(JsonSerializer.SerializeToUtf8Bytes(manifest, Json));
        if (await store.TryCreateAsync(ManifestOf(name), content, cancellationToken) is null)
            return false;

        // Looked at last, so that whoever removes the files either is seen here or sees the manifest.
        var isBeingRemoved = await HoldOf(name).IsBeingRemovedAsync(cancellationToken);
        var lost = await new CheckpointAudit(store, $"{folder}/{name}").FindLostFileAsync(manifest, cancellationToken);
        if (!isBeingRemoved && lost is null)
            return true;

        await store.DeleteAsync(ManifestOf(name), cancellationToken);
        return isBeingRemoved ? false : throw new CheckpointException($"Checkpoint {name} was not committed: {lost}");
    }

    /// <returns>Names of the checkpoints that exist, oldest first: by branch, then in the order of training.</returns>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        List<CheckpointName> names = [];
        await foreach (var entry in store.ListAsync(folder + "/", cancellationToken))
            if (entry.Name[(folder.Length + 1)..].Split('/') is [var checkpoint, Manifest] && CheckpointName.TryParse(checkpoint) is { } name)
                names.Add(name);

        return [.. names.Order().Select(name => $"{name}")];
    }

    /// <exception cref="CheckpointException">There is none of that name, or it is damaged.</exception>
    public async Task<CheckpointManifest> ReadAsync(string checkpoint, CancellationToken cancellationToken)
    {
        var blob = await store.ReadAsync(ManifestOf(checkpoint), cancellationToken) ?? throw Missing(checkpoint);
        try
        {
            var manifest = JsonSerializer.Deserialize<CheckpointManifest>(Seal.Open(blob.Content, ManifestOf(checkpoint), store).Span, Json);
            if (manifest is not { Format: CheckpointManifest.CurrentFormat })
                throw new CheckpointException($"Checkpoint {checkpoint} has format {manifest?.Format}, and this version reads {CheckpointManifest.CurrentFormat}.");

            var broken = ManifestRules.FindBroken(manifest) ?? (NameOf(manifest) == checkpoint ? null : $"it is that of {NameOf(manifest)}");
            return broken is null
                ? manifest
                : throw new CheckpointException($"The manifest of checkpoint {checkpoint} cannot be trusted: {broken}. Use an older checkpoint.");
        }
        catch (Exception damaged) when (damaged is JsonException or BlobDamagedException)
        {
            throw new CheckpointException(
                $"The manifest of checkpoint {checkpoint} is damaged, or of an older version: {damaged.Message} Use an older checkpoint.", damaged);
        }
    }

    /// <summary>Fills <paramref name="target"/> with a part of a tensor, whatever layout wrote it, reading little more than it needs.</summary>
    /// <param name="target">The box's elements in row-major order.</param>
    /// <exception cref="CheckpointException">The tensor is missing or incomplete, or bytes are not what was written.</exception>
    public Task ReadTensorAsync(CheckpointManifest manifest, string tensor, Box wanted, Memory<byte> target, CancellationToken cancellationToken)
    {
        var checkpoint = NameOf(manifest);
        return manifest.Tensors.TryGetValue(tensor, out var record)
            ? new TensorReader(new ShardReader(store, $"{folder}/{checkpoint}")).ReadAsync(checkpoint, tensor, record, wanted, target, cancellationToken)
            : throw new CheckpointException($"Checkpoint {checkpoint} has no tensor {tensor}.");
    }

    /// <summary>Reads every byte.</summary>
    /// <returns>What is wrong, a sentence each; none where all is well.</returns>
    public async Task<IReadOnlyList<string>> VerifyAsync(string checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await ReadAsync(checkpoint, cancellationToken);
            return await new CheckpointAudit(store, $"{folder}/{checkpoint}").FindProblemsAsync(manifest, cancellationToken);
        }
        catch (CheckpointException problem)
        {
            return [problem.Message];
        }
    }

    /// <summary>A pinned checkpoint stays, whatever a run's retention says. Repeating changes nothing.</summary>
    /// <exception cref="CheckpointException">There is none of that name, or it is being removed.</exception>
    public async Task PinAsync(string checkpoint, CancellationToken cancellationToken)
    {
        await CheckAsync();
        if (!await HoldOf(checkpoint).TryPinAsync(cancellationToken))
            throw new CheckpointException($"Checkpoint {checkpoint} is being removed; pin a newer one.");

        try
        {
            await CheckAsync();
        }
        catch (CheckpointException)
        {
            // Removed, and the claim with it, before the pin came.
            await HoldOf(checkpoint).ForgetAsync(cancellationToken);
            throw;
        }

        async Task CheckAsync() => _ = await store.ReadAsync(ManifestOf(checkpoint), cancellationToken) ?? throw Missing(checkpoint);
    }

    /// <summary>Lets a checkpoint go when its time has come. Repeating changes nothing.</summary>
    public Task UnpinAsync(string checkpoint, CancellationToken cancellationToken) => HoldOf(checkpoint).UnpinAsync(cancellationToken);

    public Task<bool> IsPinnedAsync(string checkpoint, CancellationToken cancellationToken) => HoldOf(checkpoint).IsPinnedAsync(cancellationToken);

    /// <summary>Removes a checkpoint. A removal that was cut short makes it no checkpoint; repeating finishes it.</summary>
    /// <returns>False where it is pinned; it is left whole.</returns>
    public Task<bool> RemoveAsync(string checkpoint, CancellationToken cancellationToken) =>
        new CheckpointGarbage(store, this, folder).TryRemoveAsync(checkpoint, cancellationToken);

    /// <summary>Removes checkpoints beyond the newest <paramref name="keep"/>, and files of saves that never committed.</summary>
    /// <remarks>
    /// Files of a save later than the newest checkpoint are left, since it may be on its way; a save of an earlier step must be held. Pinned
    /// and held checkpoints stay, and so do those whose manifest is damaged: they count for nothing.
    /// </remarks>
    /// <param name="isHeld">Whether somebody needs a checkpoint, or is saving it, by name.</param>
    /// <returns>Names of the blobs removed, relative to the run's checkpoints.</returns>
    public Task<ImmutableArray<string>> CollectGarbageAsync(int keep, Func<string, bool> isHeld, CancellationToken cancellationToken) =>
        new CheckpointGarbage(store, this, folder).CollectAsync(keep, isHeld, cancellationToken);

    internal static bool IsDataFile(string file) =>
        file is not (Manifest or Hold or "") && !file.Contains('/', StringComparison.Ordinal) && BlobName.IsAllowed(file);

    internal CheckpointHold HoldOf(string checkpoint) => new(store, $"{folder}/{checkpoint}/{Hold}");

    private string ManifestOf(string checkpoint) => $"{folder}/{checkpoint}/{Manifest}";

    private CheckpointException Missing(string checkpoint) => new($"There is no checkpoint {checkpoint} in {store.Place}/{folder}.");
}
