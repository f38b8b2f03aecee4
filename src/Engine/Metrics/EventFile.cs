using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Metrics;

/// <summary>A TensorBoard event file: records in the framing of TensorFlow's TFRecord.</summary>
/// <remarks>
/// A record is u64 length, u32 crc of the length, payload, u32 crc of the payload, all little-endian; a crc is CRC-32C, rotated right
/// by 15 bits plus a constant, so that a crc of data that holds crcs stays sound (tensorflow, lib/io/record_writer.h).
/// </remarks>
internal sealed class EventFile : IDisposable
{
    private const uint MaskDelta = 0xA282EAD8;

    private readonly FileStream _stream;

    private EventFile(FileStream stream) => _stream = stream;

    /// <summary>Begins a file whose name TensorBoard finds and sorts by time.</summary>
    public static EventFile Create(string folder, DateTimeOffset now)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.{Environment.MachineName}");

        // A log opened twice within a second must not write into the first one's events.
        var path = Path.Combine(folder, name);
        for (var again = 1; File.Exists(path); again++)
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{again}"));

        var events = new EventFile(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));
        events.Add(TensorBoardEvent.FileVersion(now));
        return events;
    }

    /// <summary>Appends one record, handed to the operating system in one write.</summary>
    public void Add(ReadOnlySpan<byte> payload)
    {
        var record = new byte[8 + 4 + payload.Length + 4].AsSpan();
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], MaskedCrc(record[..8]));
        payload.CopyTo(record[12..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[^4..], MaskedCrc(payload));

        _stream.AppendWhole(record);
    }

    public void Dispose() => _stream.Dispose();

    internal static uint MaskedCrc(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Crc32C.Of(bytes), 15) + MaskDelta;
}
