using System.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Numerics;

/// <summary>Series in whole numbers that stand for multiples of 2^−320: enough that 256 bits of what they give are right.</summary>
internal static class FixedPoint
{
    public const int Bits = 320;

    public static readonly BigInteger One = BigInteger.One << Bits;

    /// <summary>Machin: π = 16 arctan 1/5 − 4 arctan 1/239.</summary>
    public static readonly BigInteger Pi = (16 * ArctanOfInverse(5)) - (4 * ArctanOfInverse(239));

    /// <summary>ln 2 = 18 artanh 1/26 − 2 artanh 1/4801 + 8 artanh 1/8749.</summary>
    public static readonly BigInteger Ln2 = (18 * ArtanhOfInverse(26)) - (2 * ArtanhOfInverse(4801)) + (8 * ArtanhOfInverse(8749));

    /// <param name="x">From 0 to 1.</param>
    public static BigInteger Exp(BigInteger x)
    {
        // A small argument needs few terms; squaring brings it back.
        const int Halvings = 8;
        x >>= Halvings;
        var (sum, term) = (One + x, x);
        for (var n = 2; !term.IsZero; n++)
        {
            term = (term * x >> Bits) / n;
            sum += term;
        }

        for (var i = 0; i < Halvings; i++)
            sum = sum * sum >> Bits;

        return sum;
    }

    /// <param name="x">From −1 to 1.</param>
    public static (BigInteger Sin, BigInteger Cos) SinCos(BigInteger x)
    {
        var square = x * x >> Bits;
        var (sin, cos) = (x, One);
        var (sinTerm, cosTerm) = (x, One);
        for (var n = 1; !cosTerm.IsZero && !(cosTerm == BigInteger.MinusOne); n++)
        {
            cosTerm = -(cosTerm * square >> Bits) / ((2 * n) * ((2 * n) - 1));
            sinTerm = -(sinTerm * square >> Bits) / ((2 * n) * ((2 * n) + 1));
            (sin, cos) = (sin + sinTerm, cos + cosTerm);
        }

        return (sin, cos);
    }

    /// <param name="x">From −1/8 to 1/8.</param>
    public static BigInteger Arctan(BigInteger x)
    {
        var square = x * x >> Bits;
        var (sum, power) = (x, x);
        for (var n = 3; BigInteger.Abs(power) > 1; n += 2)
        {
            power = -(power * square >> Bits);
            sum += power / n;
        }

        return sum;
    }

    private static BigInteger ArctanOfInverse(int n) => Inverse(n, sign: -1);

    private static BigInteger ArtanhOfInverse(int n) => Inverse(n, sign: 1);

    private static BigInteger Inverse(int n, int sign)
    {
        // Some bits more, that rounding does not reach the last one.
        const int Guard = 32;
        var power = (One << Guard) / n;
        var sum = power;
        for (var k = 3; !power.IsZero; k += 2)
        {
            power = sign * power / ((long)n * n);
            sum += power / k;
        }

        return sum >> Guard;
    }
}
