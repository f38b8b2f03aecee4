using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>Writes a model as Hugging Face's libraries expect it: config.json, and safetensors in one file or in shards.</summary>
public static class ModelFolderWriter
{
    public const long DefaultShardBytes = 5_000_000_000;

    /// <summary>Replaces the model in <paramref name="folder"/>; other files, such as the tokenizer's, stay.</summary>
    /// <remarks>
    /// All is written into a hidden folder inside and moved at the end. A process that dies leaves the old model, or at worst,
    /// between two moves, a folder without <see cref="ShardIndex"/> that <see cref="ModelFolder.Open"/> refuses.
    /// </remarks>
    /// <param name="tensors">Written in this order into shards; one above <paramref name="maxShardBytes"/> has a shard of its own.</param>
    /// <exception cref="ModelFolderException">The disk refused; the model that was there is untouched.</exception>
    public static void Write(
        string folder, ModelConfig config, IEnumerable<(string Name, Tensor Tensor)> tensors, long maxShardBytes = DefaultShardBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxShardBytes);

        var existed = Directory.Exists(folder);
        var staging = Path.Combine(folder, $".writing-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(staging);
            config.WriteTo(staging);
            WriteWeights(staging, Shards(tensors, maxShardBytes));
            Replace(folder, staging);
        }
        catch (ModelFolderException failure)
        {
            throw new ModelFolderException(folder, failure.Problem, failure.InnerException);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException(folder, $"could not be written ({failure.Message.TrimEnd('.')})", failure);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);

            if (!existed && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
    }

    private static List<List<(string Name, Tensor Tensor)>> Shards(IEnumerable<(string Name, Tensor Tensor)> tensors, long maxShardBytes)
    {
        List<List<(string Name, Tensor Tensor)>> shards = [[]];
        var used = 0L;
        foreach (var tensor in tensors)
        {
            var bytes = Bytes(tensor.Tensor);
            if (used > 0 && bytes > maxShardBytes - used)
            {
                shards.Add([]);
                used = 0;
            }

            shards[^1].Add(tensor);
            used += bytes;
        }

        return shards;
    }

    private static void WriteWeights(string folder, List<List<(string Name, Tensor Tensor)>> shards)
    {
        var shardOf = new Dictionary<string, string>();
        for (var shard = 0; shard < shards.Count; shard++)
        {
            var file = ShardIndex.ShardName(shard, shards.Count);
            foreach (var (name, _) in shards[shard])
            {
                if (!shardOf.TryAdd(name, file))
                    throw new ArgumentException($"Tensor {name} is there twice; names in a model are unique.", nameof(shards));
            }

            SafetensorsWriter.Write(Path.Combine(folder, file), shards[shard]);
        }

        if (shards.Count > 1)
            ShardIndex.Write(Path.Combine(folder, ShardIndex.FileName), shardOf, shards.SelectMany(shard => shard).Sum(tensor => Bytes(tensor.Tensor)));
    }

    private static void Replace(string folder, string staging)
    {
        // What makes a folder a model goes first and comes last.
        foreach (var old in (string[])[ShardIndex.FileName, ShardIndex.SingleFile, .. OldShards(folder)])
            File.Delete(Path.Combine(folder, old));

        foreach (var file in Directory.EnumerateFiles(staging).OrderBy(file => Path.GetFileName(file) == ShardIndex.FileName))
            File.Move(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
    }

    private static IEnumerable<string> OldShards(string folder) =>
        Directory.EnumerateFiles(folder, "model-*-of-*.safetensors").Select(file => Path.GetFileName(file));

    private static long Bytes(Tensor tensor) => tensor.numel() * tensor.element_size();
}
