using System.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Numerics;

/// <summary>Elementary functions of real balls; undefined outside their real domain.</summary>
internal static class Elementary
{
    /// <summary>e to a power beyond ±2^this is out of bounds; so are angles beyond 2^(twice this).</summary>
    private const int MaxMagnitude = 17;

    /// <summary>How far below its magnitude a result is right.</summary>
    private const int Right = 250;

    public static readonly Ball Pi = Ball.Rounded(FixedPoint.Pi, -FixedPoint.Bits, 2 - FixedPoint.Bits);

    private static readonly Ball Half = Ball.Rounded(1, -1, Ball.NoError);

    public static Ball Exp(Ball x)
    {
        if (!x.IsDefined || x.Magnitude > MaxMagnitude || x.Radius > -4)
            return Ball.Undefined;

        var value = x.ToFixed(FixedPoint.Bits);
        var doublings = (int)BigInteger.Divide(value - (value.Sign < 0 ? FixedPoint.Ln2 : 0), FixedPoint.Ln2);
        var mantissa = FixedPoint.Exp(value - (doublings * FixedPoint.Ln2));
        var result = Ball.Rounded(mantissa, doublings - FixedPoint.Bits, Ball.NoError);
        return result.Widened(result.Magnitude + Math.Max(x.Radius + 1, -Right));
    }

    public static Ball Log(Ball x)
    {
        if (!x.IsPositive || x.Magnitude - 3 <= x.Radius)
            return Ball.Undefined;

        // Newton's step of third order: 50 bits become 150, then 450.
        var center = x.Center();
        var top = center.Magnitude;
        var guess = Math.Log(Ball.Rounded(center.Mantissa, center.Exponent - top, Ball.NoError).ToDouble()) + (top * Math.Log(2));
        var y = FromDouble(guess);
        for (var i = 0; i < 2; i++)
        {
            var e = Exp(y).Center();
            y = (y + (Ball.Exactly(2) * (center - e) / (center + e))).Center();
        }

        return y.Widened(Math.Max(x.Radius == Ball.NoError ? Ball.NoError : x.Radius - x.Magnitude + 3, Math.Max(0, y.Magnitude) - Right + 5));
    }

    public static (Ball Sin, Ball Cos) SinCos(Ball x)
    {
        if (!x.IsDefined || x.Magnitude > 2 * MaxMagnitude || x.Radius > -4)
            return (Ball.Undefined, Ball.Undefined);
        if (x.IsExactZero)
            return (Ball.Zero, Ball.One);

        var value = x.ToFixed(FixedPoint.Bits);
        var quarter = FixedPoint.Pi >> 1;
        var turns = BigInteger.Divide((2 * value) + (value.Sign * quarter), 2 * quarter);
        var (sin, cos) = FixedPoint.SinCos(value - (turns * quarter));
        var radius = Math.Max(x.Radius, -Right);
        var (s, c) = (Ball.Rounded(sin, -FixedPoint.Bits, radius), Ball.Rounded(cos, -FixedPoint.Bits, radius));
        return (int)(((turns % 4) + 4) % 4) switch { 0 => (s, c), 1 => (c, -s), 2 => (-s, -c), _ => (-c, s) };
    }

    public static Ball Arctan(Ball x)
    {
        if (!x.IsDefined || x.Radius > -4)
            return Ball.Undefined;
        if (x.Magnitude > 1)
            return (x.Mantissa.Sign < 0 ? -(Pi * Half) : Pi * Half) - Arctan(Ball.One / x);

        // Three halvings of the angle: |x| falls below 1/8 or so.
        for (var i = 0; i < 3; i++)
            x /= Ball.One + Sqrt(Ball.One + (x * x));

        return Ball.Exactly(8) * Ball.Rounded(FixedPoint.Arctan(x.ToFixed(FixedPoint.Bits)), -FixedPoint.Bits, Math.Max(x.Radius, -Right));
    }

    /// <summary>The angle of the point (x, y), from −π (not itself) to π; undefined where the sign of a zero would decide.</summary>
    public static Ball Angle(Ball y, Ball x)
    {
        if (x.IsPositive)
            return Arctan(y / x);
        if (y.IsPositive || y.IsNegative)
            return (y.IsPositive ? Pi * Half : -(Pi * Half)) - Arctan(x / y);

        return y.IsExactZero && x.IsNegative ? Pi : Ball.Undefined;
    }

    public static Ball Sqrt(Ball x)
    {
        if (!x.IsDefined || x.IsExactZero)
            return x;
        if (x.MayBeZero)
            return Ball.Zero.Widened((x.Radius / 2) + 2);
        if (x.IsNegative)
            return Ball.Undefined;

        var length = (int)x.Mantissa.GetBitLength();
        var shift = Math.Max(0, (2 * Ball.Precision) + 2 - length);
        if (((x.Exponent - shift) & 1) != 0)
            shift++;

        var scaled = x.Mantissa << shift;
        var root = IntegerRoot(scaled, 2);
        var exponent = (x.Exponent - shift) / 2;
        var isExact = root * root == scaled && x.Radius == Ball.NoError;
        var inherited = x.Radius == Ball.NoError ? Ball.NoError : x.Radius - (x.Magnitude / 2) + 2;
        return Ball.Rounded(root, exponent, isExact ? Ball.NoError : Math.Max(exponent, inherited) + 1);
    }

    /// <returns>The largest whole number whose power does not exceed <paramref name="x"/>, which is not negative.</returns>
    public static BigInteger IntegerRoot(BigInteger x, int degree)
    {
        if (x <= BigInteger.One)
            return x;

        var bits = (int)((x.GetBitLength() + degree - 1) / degree);
        var guess = BigInteger.One << bits;
        if (degree == 2 && bits > 60)
        {
            // Fifty bits of a double, and a little more than they promise, because the descent must begin above the root.
            var excess = ((int)x.GetBitLength() - 100) & ~1;
            guess = (new BigInteger(Math.Sqrt((double)(x >> excess))) + 2) << (excess / 2);
            guess += guess >> 48;
        }

        while (true)
        {
            var next = (((degree - 1) * guess) + (x / BigInteger.Pow(guess, degree - 1))) / degree;
            if (next >= guess)
                return guess;

            guess = next;
        }
    }

    private static Ball FromDouble(double value)
    {
        var scale = Math.ILogB(value == 0 ? 1 : value);
        return Ball.Rounded(new BigInteger(Math.ScaleB(value, 60 - scale)), scale - 60, Ball.NoError);
    }
}
