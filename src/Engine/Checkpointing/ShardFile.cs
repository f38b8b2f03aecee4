using System.Buffers.Binary;
using System.Text.Json;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>Pieces laid out as one safetensors file, without copying them.</summary>
internal sealed class ShardFile
{
    private const int LengthBytes = 8;

    private readonly string _name;
    private readonly List<(TensorPiece Piece, Box Box, ReadOnlyMemory<byte> Bytes)> _boxes = [];
    private readonly byte[] _header;

    /// <param name="name">For the records.</param>
    /// <param name="mostShardBytes">Pieces are cut into boxes of at most so many bytes, each with a checksum of its own.</param>
    public ShardFile(string name, IEnumerable<TensorPiece> pieces, int mostShardBytes)
    {
        _name = name;
        foreach (var piece in pieces)
        {
            var (size, at) = (TensorPiece.SizeOf(piece.Dtype), 0L);
            foreach (var box in piece.Boxes(Math.Max(1, mostShardBytes / size)))
            {
                var bytes = box.Count() * size;
                _boxes.Add((piece, box, piece.Bytes.Slice(checked((int)at), checked((int)bytes))));
                at += bytes;
            }
        }

        _header = Header(_boxes.Select(box => (box.Piece.Name, box.Piece.Dtype, box.Box)));
    }

    public BlobContent Content() => new([_header, .. _boxes.Select(box => box.Bytes)]);

    /// <summary>What the manifest must say of each box. Reads every byte, for the checksums.</summary>
    public IReadOnlyList<(TensorPiece Piece, ShardRecord Shard)> Records()
    {
        var start = (long)_header.Length;
        List<(TensorPiece, ShardRecord)> records = new(_boxes.Count);
        foreach (var (piece, box, bytes) in _boxes)
        {
            records.Add((piece, new ShardRecord([.. box.Offsets], [.. box.Lengths], _name, start, bytes.Length, Crc32C.Of(bytes.Span))));
            start += bytes.Length;
        }

        return records;
    }

    /// <param name="boxes">In the order of their bytes, which follow each other without a gap.</param>
    /// <returns>The length, the JSON, and spaces up to a multiple of 8 bytes.</returns>
    public static byte[] Header(IEnumerable<(string Tensor, string Dtype, Box Box)> boxes)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            writer.WriteString("format", "pt");
            writer.WriteEndObject();

            var offset = 0L;
            foreach (var (tensor, dtype, box) in boxes)
            {
                writer.WriteStartObject($"{tensor}@{string.Join(',', box.Offsets)}");
                writer.WriteString("dtype", dtype);
                writer.WriteStartArray("shape");
                foreach (var length in box.Lengths)
                    writer.WriteNumberValue(length);

                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(offset);
                writer.WriteNumberValue(offset += box.Count() * TensorPiece.SizeOf(dtype));
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
