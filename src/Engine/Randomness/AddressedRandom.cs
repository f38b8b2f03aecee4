using System.Text;

namespace SeedOrleans.Engine.Randomness;

/// <summary>Random numbers that have addresses: the same address always holds the same number, whoever asks and whenever.</summary>
/// <remarks>Philox4x32-10, Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.</remarks>
public static class AddressedRandom
{
    private const int Rounds = 10;
    private const double TwoToMinus53 = 1.0 / (1L << 53);
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <returns>128 random bits at (<paramref name="high"/>, <paramref name="low"/>) of the stream <paramref name="seed"/>.</returns>
    public static (uint X0, uint X1, uint X2, uint X3) Block(ulong seed, ulong high, ulong low)
    {
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        uint x0 = (uint)low, x1 = (uint)(low >> 32), x2 = (uint)high, x3 = (uint)(high >> 32);

        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * x0;
            var product1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) =
                ((uint)(product1 >> 32) ^ x1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (x0, x1, x2, x3);
    }

    /// <returns>64 random bits.</returns>
    public static ulong Bits(ulong seed, ulong high, ulong low)
    {
        var (x0, x1, _, _) = Block(seed, high, low);
        return ((ulong)x1 << 32) | x0;
    }

    /// <returns>A number in [0, 1), a multiple of 2⁻⁵³.</returns>
    public static double Uniform(ulong seed, ulong high, ulong low) => (Bits(seed, high, low) >> 11) * TwoToMinus53;

    /// <summary>Makes one stream's seed out of another's and a name, so that purposes never share numbers.</summary>
    public static ulong Derive(ulong seed, string purpose) => Derive(seed, Hash(purpose));

    /// <inheritdoc cref="Derive(ulong, string)"/>
    public static ulong Derive(ulong seed, ulong purpose) => Bits(seed, purpose, 0x5EED);

    /// <summary>A hash that is the same on every machine and in every process (FNV-1a, 64 bits, over UTF-8).</summary>
    public static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var value in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ value) * 0x100000001B3UL;

        return hash;
    }
}
