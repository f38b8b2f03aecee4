using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>Writes tensors as a safetensors file, in the order of the reference implementation.</summary>
public static class SafetensorsWriter
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes beside <paramref name="path"/> and then takes its place, so that a reader never meets half a file.</summary>
    /// <param name="path">May exist, and may be open elsewhere: readers keep the old file.</param>
    /// <param name="tensors">Of any device; each is copied to the CPU while it is written, no longer.</param>
    /// <exception cref="ArgumentException">A name is there twice, or a tensor's type has no place in the format.</exception>
    /// <exception cref="ModelFolderException">The file could not be written; nothing was left behind.</exception>
    public static void Write(string path, IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        var entries = tensors
            .Select(tensor => (tensor.Name, tensor.Tensor, Dtype: SafetensorsDtype.Of(tensor.Tensor, tensor.Name)))
            .OrderByDescending(entry => entry.Dtype.Rank())
            .ThenBy(entry => entry.Name, StringComparer.Ordinal)
            .ToList();

        RefuseBadNames([.. entries.Select(entry => entry.Name)]);
        var header = Header(entries);

        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var entry in entries)
                WriteBytes(stream, entry.Tensor);
        });
    }

    private static void RefuseBadNames(string[] names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Tensor {twice.Key} is there twice; names in a file are unique.", nameof(names));

        if (names.Contains(SafetensorsHeader.MetadataKey))
            throw new ArgumentException($"{SafetensorsHeader.MetadataKey} is the format's own word; name the tensor otherwise.", nameof(names));
    }

    /// <returns>The length, the JSON, and spaces up to a multiple of 8 bytes.</returns>
    private static byte[] Header(List<(string Name, Tensor Tensor, SafetensorsDtype Dtype)> entries)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, Compact))
        {
            writer.WriteStartObject();

            // transformers refuses a file that does not say so.
            writer.WriteStartObject(SafetensorsHeader.MetadataKey);
            writer.WriteString("format", "pt");
            writer.WriteEndObject();

            var offset = 0L;
            foreach (var (name, tensor, dtype) in entries)
            {
                var end = checked(offset + (tensor.numel() * dtype.Size));
                writer.WriteStartObject(name);
                writer.WriteString("dtype", dtype.Name);
                WriteList(writer, "shape", tensor.shape);
                WriteList(writer, "data_offsets", [offset, end]);
                writer.WriteEndObject();
                offset = end;
            }

            writer.WriteEndObject();
        }

        var padded = (json.WrittenCount + 7) / 8 * 8;
        var header = new byte[SafetensorsHeader.LengthBytes + padded];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)padded);
        json.WrittenSpan.CopyTo(header.AsSpan(SafetensorsHeader.LengthBytes));
        header.AsSpan(SafetensorsHeader.LengthBytes + json.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static void WriteList(Utf8JsonWriter writer, string key, ReadOnlySpan<long> values)
    {
        writer.WriteStartArray(key);
        foreach (var value in values)
            writer.WriteNumberValue(value);

        writer.WriteEndArray();
    }

    private static void WriteBytes(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();

        foreach (var piece in TensorBytes.Pieces(tensor.detach().cpu().contiguous()))
            stream.Write(piece.bytes);
    }
}
