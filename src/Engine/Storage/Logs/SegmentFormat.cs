using System.Buffers.Binary;

namespace SeedOrleans.Engine.Storage.Logs;

/// <summary>A segment's bytes.</summary>
/// <remarks>
/// Head: "SEEDLOG1", u32 count of records, u32 CRC-32C of the twelve bytes before it. Then for each record u32 length, u32 CRC-32C of
/// length and payload, payload. Little-endian. Nothing follows the last record.
/// </remarks>
internal static class SegmentFormat
{
    private const int HeadBytes = 16;
    private const int FrameBytes = 8;

    private static ReadOnlySpan<byte> Magic => "SEEDLOG1"u8;

    public static BlobContent Encode(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        var frames = new byte[HeadBytes + (FrameBytes * records.Count)];
        Magic.CopyTo(frames);
        BinaryPrimitives.WriteInt32LittleEndian(frames.AsSpan(8), records.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(frames.AsSpan(12), Crc32C.Of(frames.AsSpan(0, 12)));

        List<ReadOnlyMemory<byte>> parts = new(1 + (2 * records.Count)) { frames.AsMemory(0, HeadBytes) };
        for (var at = 0; at < records.Count; at++)
        {
            var frame = frames.AsMemory(HeadBytes + (FrameBytes * at), FrameBytes);
            BinaryPrimitives.WriteInt32LittleEndian(frame.Span, records[at].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(frame.Span[4..], Checksum(records[at].Span));
            parts.Add(frame);
            parts.Add(records[at]);
        }

        return new BlobContent(parts);
    }

    public static LogSegment Decode(long number, string blob, ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        if (bytes.Length < HeadBytes)
            return Cut([], 0, null, "its head is cut short");

        if (!bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != Crc32C.Of(bytes[..12]))
            return Cut([], 0, null, "its head is not what was written");

        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        List<ReadOnlyMemory<byte>> records = [];
        var offset = HeadBytes;
        while (records.Count < count)
        {
            if (bytes.Length - offset < FrameBytes)
                return Cut(records, offset, count - records.Count, "it is cut short");

            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[offset..]);
            if (length < 0 || length > bytes.Length - offset - FrameBytes)
                return Cut(records, offset, count - records.Count, "it is cut short, or a length is not what was written");

            var record = content.Slice(offset + FrameBytes, length);
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[(offset + 4)..]) != Checksum(record.Span))
                return Cut(records, offset, count - records.Count, "a record is not what was written");

            records.Add(record);
            offset += FrameBytes + length;
        }

        return offset == bytes.Length ? new LogSegment(number, records, null) : Cut(records, offset, 0, "bytes follow the last record");

        LogSegment Cut(List<ReadOnlyMemory<byte>> sound, long at, int? lost, string reason) => new(number, sound, new LogDamage(blob, at, lost, reason));
    }

    /// <summary>The length takes part, so that a record whose bytes are all zeros is not sound at any length.</summary>
    private static uint Checksum(ReadOnlySpan<byte> payload)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, payload.Length);
        return Crc32C.Of(payload) ^ Crc32C.Of(length);
    }
}
