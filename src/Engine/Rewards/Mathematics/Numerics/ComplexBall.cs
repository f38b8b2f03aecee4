using System.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Numerics;

/// <summary>A complex number of two balls. Real numbers have an imaginary part of exactly 0 and keep it, so they cost half.</summary>
/// <remarks>Many-valued functions take the principal value; an odd root of a negative number is the real one.</remarks>
internal readonly record struct ComplexBall(Ball Real, Ball Imaginary)
{
    public static ComplexBall Undefined => default;

    public static readonly ComplexBall One = new(Ball.One, Ball.Zero);

    public static readonly ComplexBall I = new(Ball.Zero, Ball.One);

    private static readonly Ball Half = Ball.Rounded(1, -1, Ball.NoError);

    public bool IsDefined => Real.IsDefined && Imaginary.IsDefined;

    public bool IsReal => Imaginary.IsExactZero;

    public static implicit operator ComplexBall(Ball real) => real.IsDefined ? new(real, Ball.Zero) : Undefined;

    public static ComplexBall operator +(ComplexBall a, ComplexBall b) => new(a.Real + b.Real, a.Imaginary + b.Imaginary);

    public static ComplexBall operator -(ComplexBall a, ComplexBall b) => a + -b;

    public static ComplexBall operator -(ComplexBall a) => new(-a.Real, -a.Imaginary);

    public static ComplexBall operator *(ComplexBall a, ComplexBall b) =>
        a.IsReal && b.IsReal
            ? a.Real * b.Real
            : new ComplexBall((a.Real * b.Real) - (a.Imaginary * b.Imaginary), (a.Real * b.Imaginary) + (a.Imaginary * b.Real));

    public static ComplexBall operator /(ComplexBall a, ComplexBall b)
    {
        if (a.IsReal && b.IsReal)
            return a.Real / b.Real;

        var norm = (b.Real * b.Real) + (b.Imaginary * b.Imaginary);
        var product = a * new ComplexBall(b.Real, -b.Imaginary);
        return new(product.Real / norm, product.Imaginary / norm);
    }

    public Ball Abs() => IsReal ? Real.Abs() : Elementary.Sqrt((Real * Real) + (Imaginary * Imaginary));

    public ComplexBall Exp()
    {
        var size = Elementary.Exp(Real);
        if (IsReal)
            return size;

        var (sin, cos) = Elementary.SinCos(Imaginary);
        return new(size * cos, size * sin);
    }

    public ComplexBall Log() =>
        IsReal && Real.IsPositive
            ? Elementary.Log(Real)
            : new ComplexBall(Elementary.Log(Abs()), Elementary.Angle(Imaginary, Real));

    public ComplexBall Sqrt()
    {
        if (IsReal)
            return Real.IsNegative ? new ComplexBall(Ball.Zero, Elementary.Sqrt(-Real)) : Elementary.Sqrt(Real);

        var size = Abs();
        var imaginary = Elementary.Sqrt((size - Real) * Half);
        return Imaginary.MayBeZero ? Undefined : new ComplexBall(Elementary.Sqrt((size + Real) * Half), Imaginary.IsNegative ? -imaginary : imaginary);
    }

    public (ComplexBall Sin, ComplexBall Cos) SinCos()
    {
        if (IsReal)
            return Elementary.SinCos(Real);

        var (up, down) = ((I * this).Exp(), (-(I * this)).Exp());
        return ((up - down) / new ComplexBall(Ball.Zero, Ball.Exactly(2)), (up + down) * (ComplexBall)Half);
    }

    /// <summary>To a whole power.</summary>
    public ComplexBall Power(int exponent)
    {
        var (result, square) = (One, this);
        for (var n = Math.Abs((long)exponent); n > 0; n >>= 1)
        {
            if ((n & 1) == 1)
                result *= square;
            if (n > 1)
                square *= square;
        }

        return exponent < 0 ? One / result : result;
    }

    /// <summary>To the power p/q, in lowest terms, of which q is at least 2.</summary>
    public ComplexBall Power(BigInteger p, BigInteger q)
    {
        if (IsReal && Real.IsExactZero)
            return p.Sign > 0 ? this : Undefined;
        if (IsReal && Real.IsNegative && !q.IsEven)
            return p.IsEven ? (-this).Power(p, q) : -(-this).Power(p, q);
        if (q == 2 && BigInteger.Abs(p) < 1 << 16)
            return Sqrt().Power((int)p);

        return Power((ComplexBall)Ball.Of(ExactNumber.Of(p, q)));
    }

    public ComplexBall Power(ComplexBall exponent) =>
        IsReal && Real.IsExactZero
            ? exponent.IsReal && exponent.Real.IsPositive ? this : Undefined
            : (exponent * Log()).Exp();
}
