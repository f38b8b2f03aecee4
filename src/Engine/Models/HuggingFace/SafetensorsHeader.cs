using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>Reads the JSON at the head of a safetensors file, and trusts none of it.</summary>
/// <remarks>
/// A file is u64 N, little-endian; N bytes of JSON; data. The rules are those of the reference implementation
/// (huggingface/safetensors, tensor.rs): entries in order of their offsets cover the data without hole or overlap.
/// </remarks>
internal static class SafetensorsHeader
{
    public const int LengthBytes = 8;
    public const long MostBytes = 100_000_000;
    public const string MetadataKey = "__metadata__";

    /// <summary>More dimensions than libtorch's iterators take.</summary>
    private const int MostDimensions = 64;

    /// <param name="file">For messages.</param>
    /// <param name="json">The N bytes of the header.</param>
    /// <param name="fileBytes">Length of the whole file.</param>
    /// <exception cref="SafetensorsFormatException">Any promise of the format is broken.</exception>
    public static Dictionary<string, SafetensorsEntry> Read(string file, ReadOnlyMemory<byte> json, long fileBytes)
    {
        if (json.Span is not [(byte)'{', ..])
            throw new SafetensorsFormatException(file, "its header does not begin with {");

        if (!Utf8.IsValid(json.Span))
            throw new SafetensorsFormatException(file, "its header is not UTF-8");

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var entries = Entries(file, document.RootElement, LengthBytes + json.Length);
            CheckCoverage(file, entries, LengthBytes + json.Length, fileBytes);
            return entries;
        }
        catch (JsonException failure)
        {
            throw new SafetensorsFormatException(file, $"its header is no sound JSON ({failure.Message.TrimEnd('.')})", failure);
        }
        catch (InvalidOperationException failure)
        {
            throw new SafetensorsFormatException(file, "its header has a string that is no Unicode", failure);
        }
    }

    private static Dictionary<string, SafetensorsEntry> Entries(string file, JsonElement header, long dataStart)
    {
        var entries = new Dictionary<string, SafetensorsEntry>();
        foreach (var property in header.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
                CheckMetadata(file, property.Value);
            else
                entries.Add(property.Name, Entry(file, property.Name, property.Value, dataStart));
        }

        return entries;
    }

    private static void CheckMetadata(string file, JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object
            || metadata.EnumerateObject().Any(property => property.Value.ValueKind != JsonValueKind.String))
            throw new SafetensorsFormatException(file, $"{MetadataKey} is no map of strings");
    }

    private static SafetensorsEntry Entry(string file, string name, JsonElement json, long dataStart)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new SafetensorsFormatException(file, $"tensor {name} is described by no object");

        var spelled = json.TryGetProperty("dtype", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        var dtype = SafetensorsDtype.Named(spelled)
            ?? throw new SafetensorsFormatException(file, $"tensor {name} has dtype {spelled ?? "missing"}, which is unknown");

        if (Sizes(json, "shape") is not { Length: <= MostDimensions } shape)
            throw new SafetensorsFormatException(file, $"tensor {name} has no shape of at most {MostDimensions} whole numbers from 0");

        if (Sizes(json, "data_offsets") is not [var begin, var end])
            throw new SafetensorsFormatException(file, $"tensor {name} has no data_offsets of two whole numbers from 0");

        if (Bytes(shape, dtype.Size) is not { } bytes)
            throw new SafetensorsFormatException(file, $"tensor {name} has a shape whose size overflows");

        if (end < begin || bytes != end - begin)
            throw new SafetensorsFormatException(file, $"tensor {name} needs {bytes} bytes, but its offsets span {(Int128)end - begin}");

        if (end > long.MaxValue - dataStart)
            throw new SafetensorsFormatException(file, $"tensor {name} lies beyond any file");

        return new SafetensorsEntry(dtype.Name, shape, dataStart + begin, bytes);
    }

    private static ImmutableArray<long>? Sizes(JsonElement json, string key)
    {
        if (!json.TryGetProperty(key, out var list) || list.ValueKind != JsonValueKind.Array)
            return null;

        var sizes = ImmutableArray.CreateBuilder<long>(list.GetArrayLength());
        foreach (var size in list.EnumerateArray())
        {
            if (size.ValueKind != JsonValueKind.Number || !size.TryGetInt64(out var value) || value < 0)
                return null;

            sizes.Add(value);
        }

        return sizes.MoveToImmutable();
    }

    private static long? Bytes(ImmutableArray<long> shape, int elementSize)
    {
        // A dimension of 0 hides nothing: libtorch multiplies the others into strides.
        Int128 span = elementSize;
        foreach (var size in shape)
        {
            span *= Math.Max(1, size);
            if (span > long.MaxValue)
                return null;
        }

        return shape.Contains(0) ? 0 : (long)span;
    }

    private static void CheckCoverage(string file, Dictionary<string, SafetensorsEntry> entries, long dataStart, long fileBytes)
    {
        var covered = dataStart;
        foreach (var (name, entry) in entries.OrderBy(entry => entry.Value.Offset).ThenBy(entry => entry.Value.Bytes))
        {
            if (entry.Offset != covered)
                throw new SafetensorsFormatException(file, $"there is {(entry.Offset > covered ? "a hole" : "an overlap")} before tensor {name}");

            covered += entry.Bytes;
        }

        if (covered > fileBytes)
            throw new SafetensorsFormatException(file, $"it is cut off: {fileBytes} bytes where its header promises {covered}");

        if (covered < fileBytes)
            throw new SafetensorsFormatException(file, $"{fileBytes - covered} bytes trail after its last tensor");
    }
}
