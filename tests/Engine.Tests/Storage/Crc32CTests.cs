using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Tests.Storage;

public sealed class Crc32CTests
{
    /// <summary>From RFC 3720, B.4, and the check value of the CRC catalogue.</summary>
    [Theory]
    [InlineData("00000000000000000000000000000000" + "00000000000000000000000000000000", 0x8A9136AAu)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43u)]
    [InlineData("000102030405060708090A0B0C0D0E0F" + "101112131415161718191A1B1C1D1E1F", 0x46DD794Eu)]
    [InlineData("1F1E1D1C1B1A19181716151413121110" + "0F0E0D0C0B0A09080706050403020100", 0x113FDB5Cu)]
    [InlineData("313233343536373839", 0xE3069283u)]
    [InlineData("", 0u)]
    public void Known_checksums(string hex, uint crc) => Assert.Equal(crc, Crc32C.Of(Convert.FromHexString(hex)));

    /// <summary>One bit at a time, as the polynomial says.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(12_287)]
    [InlineData(12_288)]
    [InlineData(12_289)]
    [InlineData(50_003)]
    public void Long_content_has_the_checksum_that_a_slow_loop_gives(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78u);
        }

        Assert.Equal(~crc, Crc32C.Of(bytes));
    }
}
