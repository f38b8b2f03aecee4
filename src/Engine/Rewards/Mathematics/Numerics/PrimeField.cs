using System.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Numerics;

/// <summary>Arithmetic modulo a prime of 62 bits in which −1 has a square root, so that i has a place too.</summary>
/// <param name="Modulus">1 modulo 4.</param>
/// <param name="RootOfMinusOne">What i becomes.</param>
internal sealed record PrimeField(ulong Modulus, ulong RootOfMinusOne)
{
    /// <summary>2^62 − 87 and 2^62 − 143.</summary>
    public static readonly PrimeField[] Two = [new(4611686018427387817, 4490822397581186023), new(4611686018427387761, 3481184452870754207)];

    public ulong Of(BigInteger number)
    {
        var residue = BigInteger.Remainder(number, Modulus);
        return (ulong)(residue.Sign < 0 ? residue + Modulus : residue);
    }

    public ulong Add(ulong a, ulong b) => (a + b) % Modulus;

    public ulong Negate(ulong a) => a == 0 ? 0 : Modulus - a;

    public ulong Multiply(ulong a, ulong b) => (ulong)((UInt128)a * b % Modulus);

    public ulong Power(ulong a, BigInteger exponent)
    {
        // Fermat: exponents count modulo p − 1.
        var n = (ulong)BigInteger.Remainder(exponent, Modulus - 1);
        var (result, square) = (1UL, a);
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) == 1)
                result = Multiply(result, square);

            square = Multiply(square, square);
        }

        return result;
    }

    /// <param name="a">Not 0.</param>
    public ulong Invert(ulong a) => Power(a, Modulus - 2);
}
