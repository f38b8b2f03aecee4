using System.Buffers.Binary;
using System.Text;

namespace SeedOrleans.Engine.Metrics;

/// <summary>The two messages of tensorboard.Event that scalars need, encoded as protocol buffers.</summary>
/// <remarks>
/// Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; },
/// Summary { repeated Value value = 1; }, Value { string tag = 1; float simple_value = 2; }
/// (tensorboard/compat/proto, event.proto and summary.proto).
/// </remarks>
internal static class TensorBoardEvent
{
    private const byte WallTime = (1 << 3) | Fixed64, Step = (2 << 3) | Varint, Version = (3 << 3) | Delimited, Summary = (5 << 3) | Delimited;
    private const byte Value = (1 << 3) | Delimited, Tag = (1 << 3) | Delimited, SimpleValue = (2 << 3) | Fixed32;
    private const byte Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    /// <summary>What the first event of a file says.</summary>
    public static byte[] FileVersion(DateTimeOffset now) =>
        [.. Double(WallTime, UnixSeconds(now)), .. Bytes(Version, "brain.Event:2"u8)];

    /// <param name="metrics">Rounded to float32, as TensorBoard keeps them.</param>
    public static byte[] Scalars(DateTimeOffset now, int step, IEnumerable<KeyValuePair<string, double>> metrics)
    {
        byte[] summary = [.. metrics.SelectMany(metric => Bytes(Value, Scalar(metric.Key, (float)metric.Value)))];
        return [.. Double(WallTime, UnixSeconds(now)), Step, .. Number((ulong)step), .. Bytes(Summary, summary)];
    }

    private static double UnixSeconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static byte[] Scalar(string name, float value)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, value);
        return [.. Bytes(Tag, Encoding.UTF8.GetBytes(name)), SimpleValue, .. number];
    }

    private static byte[] Double(byte key, double value)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(number, value);
        return [key, .. number];
    }

    private static byte[] Bytes(byte key, ReadOnlySpan<byte> value) => [key, .. Number((ulong)value.Length), .. value];

    /// <returns>Seven bits a byte, low ones first, the top bit set on all but the last.</returns>
    private static byte[] Number(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));

        return [.. bytes, (byte)value];
    }
}
