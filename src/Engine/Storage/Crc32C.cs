using System.Numerics;
using System.Runtime.InteropServices;

namespace SeedOrleans.Engine.Storage;

/// <summary>The checksum of Castagnoli's polynomial (RFC 3720, appendix B.4), which processors compute themselves.</summary>
/// <remarks>
/// A processor begins an instruction each cycle and ends it three later, so long content runs in three lanes, side by side. A lane that
/// began at 0 is joined to what came before it by moving that past the lane's length in zeros, which is linear in its bits.
/// </remarks>
public static class Crc32C
{
    private const int LaneBytes = 4096;

    private static readonly uint[] PastLane = MakePastLane();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 3 * LaneBytes; bytes = bytes[(3 * LaneBytes)..])
            crc = ThreeLanes(crc, bytes[..(3 * LaneBytes)]);

        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, word);

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, value);

        return ~crc;
    }

    private static uint ThreeLanes(uint crc, ReadOnlySpan<byte> bytes)
    {
        var first = MemoryMarshal.Cast<byte, ulong>(bytes[..LaneBytes]);
        var second = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(LaneBytes, LaneBytes))[..first.Length];
        var third = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(2 * LaneBytes, LaneBytes))[..first.Length];
        var (crc2, crc3) = (0u, 0u);
        for (var at = 0; at < first.Length; at++)
        {
            crc = BitOperations.Crc32C(crc, first[at]);
            crc2 = BitOperations.Crc32C(crc2, second[at]);
            crc3 = BitOperations.Crc32C(crc3, third[at]);
        }

        return MovePastLane(MovePastLane(crc) ^ crc2) ^ crc3;
    }

    private static uint MovePastLane(uint crc) =>
        PastLane[crc & 0xff] ^ PastLane[256 + ((crc >> 8) & 0xff)] ^ PastLane[512 + ((crc >> 16) & 0xff)] ^ PastLane[768 + (crc >> 24)];

    /// <returns>For each byte of a checksum and each of its values, what it becomes after a lane of zeros.</returns>
    private static uint[] MakePastLane()
    {
        var table = new uint[4 * 256];
        for (var entry = 0; entry < table.Length; entry++)
        {
            var crc = (uint)(entry % 256) << (8 * (entry / 256));
            for (var at = 0; at < LaneBytes; at += sizeof(ulong))
                crc = BitOperations.Crc32C(crc, 0ul);

            table[entry] = crc;
        }

        return table;
    }
}
