using System.Buffers.Binary;
using System.Text.Json;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>Lays pieces out as one safetensors file, without copying them.</summary>
internal static class ShardFile
{
    private const int LengthBytes = 8;

    /// <param name="file">Its name, for the records.</param>
    /// <returns>The file, and each tensor's boxes in it.</returns>
    public static (BlobContent Content, IReadOnlyList<(TensorPiece Piece, ShardRecord Shard)> Shards) Encode(string file, IEnumerable<TensorPiece> pieces)
    {
        List<(TensorPiece Piece, Box Box, ReadOnlyMemory<byte> Bytes)> boxes = [];
        foreach (var piece in pieces)
        {
            var (size, at) = (TensorPiece.SizeOf(piece.Dtype), 0L);
            foreach (var box in Box.OfStretch(piece.Shape, piece.Start, piece.Bytes.Length / size))
            {
                var bytes = box.Count() * size;
                boxes.Add((piece, box, piece.Bytes.Slice(checked((int)at), checked((int)bytes))));
                at += bytes;
            }
        }

        var header = Header(boxes);
        var start = (long)header.Length;
        List<(TensorPiece, ShardRecord)> shards = [];
        foreach (var (piece, box, bytes) in boxes)
        {
            shards.Add((piece, new ShardRecord([.. box.Offsets], [.. box.Lengths], file, start, bytes.Length, Crc32C.Of(bytes.Span))));
            start += bytes.Length;
        }

        return (new BlobContent([header, .. boxes.Select(box => box.Bytes)]), shards);
    }

    /// <returns>The length, the JSON, and spaces up to a multiple of 8 bytes.</returns>
    private static byte[] Header(List<(TensorPiece Piece, Box Box, ReadOnlyMemory<byte> Bytes)> boxes)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            writer.WriteString("format", "pt");
            writer.WriteEndObject();

            var offset = 0L;
            foreach (var (piece, box, bytes) in boxes)
            {
                writer.WriteStartObject($"{piece.Name}@{string.Join(',', box.Offsets)}");
                writer.WriteString("dtype", piece.Dtype);
                writer.WriteStartArray("shape");
                foreach (var length in box.Lengths)
                    writer.WriteNumberValue(length);

                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(offset);
                writer.WriteNumberValue(offset += bytes.Length);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        var padded = (int)((json.Length + 7) / 8 * 8);
        var header = new byte[LengthBytes + padded];
        BinaryPrimitives.WriteInt64LittleEndian(header, padded);
        header.AsSpan(LengthBytes).Fill((byte)' ');
        json.GetBuffer().AsSpan(0, (int)json.Length).CopyTo(header.AsSpan(LengthBytes));
        return header;
    }
}
