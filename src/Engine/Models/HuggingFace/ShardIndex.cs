using System.Text.Json;
using System.Text.Json.Nodes;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>model.safetensors.index.json: which shard holds which tensor.</summary>
internal static class ShardIndex
{
    public const string FileName = "model.safetensors.index.json";
    public const string SingleFile = "model.safetensors";

    private const string Extension = ".safetensors";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <param name="shard">Counted from 0.</param>
    public static string ShardName(int shard, int shards) =>
        shards == 1 ? SingleFile : $"model-{shard + 1:D5}-of-{shards:D5}{Extension}";

    /// <returns>Shard file by tensor name; every file is a bare name.</returns>
    /// <exception cref="ModelFolderException">No index, or one that leaves its folder.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        using var document = JsonFile.Open(path);
        try
        {
            if (!document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
                throw new ModelFolderException(path, "has no weight_map; fetch it again");

            return map.EnumerateObject().ToDictionary(entry => entry.Name, entry => BareName(path, entry));
        }
        catch (InvalidOperationException failure)
        {
            throw new ModelFolderException(path, "has a string that is no Unicode; fetch the file again", failure);
        }
    }

    public static void Write(string path, IReadOnlyDictionary<string, string> shardOf, long totalBytes)
    {
        var map = shardOf.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value));
        var index = new JsonObject
        {
            ["metadata"] = new JsonObject { ["total_size"] = totalBytes },
            ["weight_map"] = new JsonObject(map),
        };

        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, index, Indented));
    }

    private static string BareName(string path, JsonProperty entry)
    {
        var file = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : "";
        var isBare = file.Length > Extension.Length && file.EndsWith(Extension, StringComparison.Ordinal)
            && !file.StartsWith('.') && file.AsSpan().IndexOfAny('/', '\\', '\0') < 0;

        return isBare
            ? file
            : throw new ModelFolderException(path, $"puts tensor {entry.Name} into {entry.Value.GetRawText()}, which is no {Extension} file of this folder; nothing outside is read");
    }
}
