using System.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Numerics;

/// <summary>A real number, Mantissa · 2^Exponent, known to within 2^Radius; undefined where it left its domain or its bounds.</summary>
/// <remarks>Ball arithmetic with 256 bits, 77 digits: every rounding widens the ball, so that whoever compares knows what is known.</remarks>
internal readonly record struct Ball
{
    public const int Precision = 256;

    /// <summary>The radius of a number without error.</summary>
    public const int NoError = int.MinValue / 4;

    /// <summary>Numbers beyond 2^±this are out of bounds.</summary>
    private const int MaxMagnitude = 1 << 20;

    public static Ball Undefined => default;

    public static readonly Ball Zero = Exactly(0);

    public static readonly Ball One = Exactly(1);

    private Ball(BigInteger mantissa, int exponent, int radius) =>
        (Mantissa, Exponent, Radius, IsDefined) = (mantissa, exponent, radius, true);

    public BigInteger Mantissa { get; }

    public int Exponent { get; }

    /// <summary>The error is at most 2 to this power.</summary>
    public int Radius { get; }

    public bool IsDefined { get; }

    /// <summary>|number| without its error is below 2 to this power.</summary>
    public int Magnitude => Mantissa.IsZero ? NoError : (int)BigInteger.Abs(Mantissa).GetBitLength() + Exponent;

    public bool IsExactZero => IsDefined && Mantissa.IsZero && Radius == NoError;

    /// <summary>Whether 0 is among what the number may be.</summary>
    public bool MayBeZero => Magnitude - 1 <= Radius;

    /// <summary>Certainly above 0.</summary>
    public bool IsPositive => IsDefined && Mantissa.Sign > 0 && !MayBeZero;

    /// <summary>Certainly below 0.</summary>
    public bool IsNegative => IsDefined && Mantissa.Sign < 0 && !MayBeZero;

    public static Ball Exactly(BigInteger whole) => Rounded(whole, 0, NoError);

    public static Ball Of(ExactNumber number) =>
        number.IsInteger ? Exactly(number.Numerator) : Exactly(number.Numerator) / Exactly(number.Denominator);

    /// <summary>Mantissa · 2^exponent with an error, brought to the precision.</summary>
    public static Ball Rounded(BigInteger mantissa, int exponent, int radius)
    {
        var excess = (int)BigInteger.Abs(mantissa).GetBitLength() - Precision;
        if (excess > 0)
            (mantissa, exponent, radius) = (mantissa >> excess, exponent + excess, Math.Max(radius, exponent + excess) + 1);

        var ball = new Ball(mantissa, exponent, radius);
        return ball.Magnitude > MaxMagnitude || radius > MaxMagnitude ? Undefined
            : !mantissa.IsZero && ball.Magnitude < -MaxMagnitude ? new Ball(0, 0, Math.Max(radius, -MaxMagnitude))
            : ball;
    }

    public static Ball operator -(Ball a) => a.IsDefined ? new Ball(-a.Mantissa, a.Exponent, a.Radius) : Undefined;

    public static Ball operator -(Ball a, Ball b) => a + -b;

    public static Ball operator +(Ball a, Ball b)
    {
        if (!a.IsDefined || !b.IsDefined)
            return Undefined;
        if (a.Mantissa.IsZero || b.Mantissa.IsZero)
            return a.Mantissa.IsZero ? b.Widened(a.Radius) : a.Widened(b.Radius);

        var (high, low) = a.Magnitude >= b.Magnitude ? (a, b) : (b, a);
        if (high.Magnitude - low.Magnitude > 2 * Precision)
            return high.Widened(Math.Max(low.Radius, low.Magnitude) + 1);

        var exponent = Math.Min(a.Exponent, b.Exponent);
        return Rounded((a.Mantissa << (a.Exponent - exponent)) + (b.Mantissa << (b.Exponent - exponent)), exponent, Sum(a.Radius, b.Radius));
    }

    public static Ball operator *(Ball a, Ball b)
    {
        if (!a.IsDefined || !b.IsDefined)
            return Undefined;

        var radius = Sum(Product(a.Magnitude, b.Radius), Sum(Product(b.Magnitude, a.Radius), Product(a.Radius, b.Radius)));
        return Rounded(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent, radius);
    }

    /// <returns>Undefined where the divisor may be 0.</returns>
    public static Ball operator /(Ball a, Ball b)
    {
        if (!a.IsDefined || !b.IsDefined || b.Mantissa.IsZero || b.Magnitude - 2 <= b.Radius)
            return Undefined;

        var shift = Precision + 2 + (int)BigInteger.Abs(b.Mantissa).GetBitLength();
        var inverse = Rounded(
            (BigInteger.One << shift) / b.Mantissa, -shift - b.Exponent,
            Sum(-shift - b.Exponent, b.Radius == NoError ? NoError : b.Radius - (2 * (b.Magnitude - 1)) + 1));
        return a * inverse;
    }

    public Ball Abs() => Mantissa.Sign < 0 ? -this : this;

    public Ball Widened(int radius) => IsDefined ? new Ball(Mantissa, Exponent, Sum(Radius, radius)) : Undefined;

    /// <summary>The number without what is not known of it.</summary>
    public Ball Center() => IsDefined ? new Ball(Mantissa, Exponent, NoError) : Undefined;

    /// <returns>Undefined where it is not clear on which side of a whole number the ball lies.</returns>
    public Ball Floor()
    {
        if (!IsDefined)
            return Undefined;

        var whole = FloorOf(this);
        var reach = Radius == NoError ? Zero : Rounded(1, Radius, NoError);
        return FloorOf((this + reach).Center()) == whole && FloorOf((this - reach).Center()) == whole ? Exactly(whole) : Undefined;
    }

    /// <returns>⌊number · 2^bits⌋.</returns>
    public BigInteger ToFixed(int bits) => Exponent + bits >= 0 ? Mantissa << (Exponent + bits) : Mantissa >> -(Exponent + bits);

    /// <summary>For guesses and tolerances.</summary>
    public double ToDouble()
    {
        var excess = Math.Max(0, (int)BigInteger.Abs(Mantissa).GetBitLength() - 64);
        return Math.ScaleB((double)(Mantissa >> excess), Exponent + excess);
    }

    private static BigInteger FloorOf(Ball ball) => ball.ToFixed(0);

    /// <returns>A power of 2 that is no less than the sum of two.</returns>
    private static int Sum(int a, int b) => a == NoError ? b : b == NoError ? a : Math.Max(a, b) + 1;

    private static int Product(int a, int b) => a == NoError || b == NoError ? NoError : a + b;
}
