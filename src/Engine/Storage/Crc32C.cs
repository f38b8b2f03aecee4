using System.Numerics;
using System.Runtime.InteropServices;

namespace SeedOrleans.Engine.Storage;

/// <summary>The checksum of Castagnoli's polynomial (RFC 3720, appendix B.4), which processors compute themselves.</summary>
public static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, word);

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, value);

        return ~crc;
    }
}
