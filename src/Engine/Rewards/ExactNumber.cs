using System.Numerics;

namespace SeedOrleans.Engine.Rewards;

/// <summary>A fraction of whole numbers in lowest terms, so that equal numbers are equal however they are written.</summary>
/// <param name="Denominator">Positive; 0 only in a default value, which is no number.</param>
internal readonly record struct ExactNumber(BigInteger Numerator, BigInteger Denominator) : IComparable<ExactNumber>
{
    public static readonly ExactNumber Zero = new(0, 1);

    public static readonly ExactNumber One = new(1, 1);

    public bool IsInteger => Denominator.IsOne;

    public bool IsZero => Numerator.IsZero;

    public int Sign => Numerator.Sign;

    /// <summary>How large the fraction is to compute with, in bits.</summary>
    public long Bits => Numerator.GetBitLength() + Denominator.GetBitLength();

    public static implicit operator ExactNumber(BigInteger whole) => new(whole, BigInteger.One);

    public static implicit operator ExactNumber(int whole) => new(whole, BigInteger.One);

    public static ExactNumber operator +(ExactNumber a, ExactNumber b) =>
        a.IsInteger && b.IsInteger
            ? a.Numerator + b.Numerator
            : Of((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static ExactNumber operator -(ExactNumber a, ExactNumber b) => a + -b;

    public static ExactNumber operator -(ExactNumber a) => new(-a.Numerator, a.Denominator);

    public static ExactNumber operator *(ExactNumber a, ExactNumber b) =>
        a.IsInteger && b.IsInteger ? a.Numerator * b.Numerator : Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <exception cref="DivideByZeroException"><paramref name="b"/> is 0.</exception>
    public static ExactNumber operator /(ExactNumber a, ExactNumber b) => Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(ExactNumber a, ExactNumber b) => a.CompareTo(b) < 0;

    public static bool operator >(ExactNumber a, ExactNumber b) => a.CompareTo(b) > 0;

    public static bool operator <=(ExactNumber a, ExactNumber b) => a.CompareTo(b) <= 0;

    public static bool operator >=(ExactNumber a, ExactNumber b) => a.CompareTo(b) >= 0;

    /// <summary>The quotient, brought to lowest terms.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="denominator"/> is 0.</exception>
    public static ExactNumber Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsOne)
            return numerator;

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        return new ExactNumber(numerator / divisor, denominator / divisor);
    }

    public int CompareTo(ExactNumber other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);
}
