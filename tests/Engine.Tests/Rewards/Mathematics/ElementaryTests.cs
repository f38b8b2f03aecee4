using System.Numerics;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.Engine.Rewards.Mathematics.Numerics;

namespace SeedOrleans.Engine.Tests.Rewards.Mathematics;

public sealed class ElementaryTests
{
    /// <summary>The digits are those that every table of constants prints.</summary>
    [Fact]
    public void Known_constants_to_60_digits()
    {
        AssertDigits("3.14159265358979323846264338327950288419716939937510582097494", Elementary.Pi);
        AssertDigits("2.71828182845904523536028747135266249775724709369995957496696", Elementary.Exp(Ball.One));
        AssertDigits("0.693147180559945309417232121458176568075500134360255254120680", Elementary.Log(Ball.Exactly(2)));
        AssertDigits("1.41421356237309504880168872420969807856967187537694807317667", Elementary.Sqrt(Ball.Exactly(2)));
        AssertDigits("0.841470984807896506652502321630298999622563060798371065672751", Elementary.SinCos(Ball.One).Sin);
        AssertDigits("0.540302305868139717400936607442976603732310420617922227670097", Elementary.SinCos(Ball.One).Cos);
        AssertDigits("0.785398163397448309615660845819875721049292349843776455243736", Elementary.Arctan(Ball.One));
    }

    [Fact]
    public void Functions_agree_with_doubles_and_know_their_error()
    {
        var chance = new RandomSequence(3, 0);
        for (var i = 0; i < 300; i++)
        {
            var exact = ExactNumber.Of(chance.Next(-40_000, 40_000), 1009);
            var (ball, x) = (Ball.Of(exact), (double)exact.Numerator / (double)exact.Denominator);
            AssertNear(Math.Exp(x), Elementary.Exp(ball));
            AssertNear(Math.Sin(x), Elementary.SinCos(ball).Sin);
            AssertNear(Math.Cos(x), Elementary.SinCos(ball).Cos);
            AssertNear(Math.Atan(x), Elementary.Arctan(ball));
            if (x > 0)
            {
                AssertNear(Math.Log(x), Elementary.Log(ball));
                AssertNear(Math.Sqrt(x), Elementary.Sqrt(ball));
            }
        }
    }

    [Fact]
    public void Inverse_functions_come_back()
    {
        var chance = new RandomSequence(5, 0);
        for (var i = 0; i < 200; i++)
        {
            var x = Ball.Of(ExactNumber.Of(chance.Next(1, 100_000), 777));
            AssertSame(x, Elementary.Exp(Elementary.Log(x)));
            AssertSame(x, Elementary.Sqrt(x) * Elementary.Sqrt(x));
            var (sin, cos) = Elementary.SinCos(Elementary.Arctan(x));
            AssertSame(x, sin / cos);
            AssertSame(Ball.One, (sin * sin) + (cos * cos));
        }
    }

    [Fact]
    public void Outside_their_domain_functions_are_undefined()
    {
        Assert.False(Elementary.Log(Ball.Zero).IsDefined);
        Assert.False(Elementary.Log(-Ball.One).IsDefined);
        Assert.False(Elementary.Sqrt(-Ball.One).IsDefined);
        Assert.False((Ball.One / Ball.Zero).IsDefined);
        Assert.False((Ball.One / (Elementary.Pi - Elementary.Pi)).IsDefined);
        Assert.False(Elementary.Exp(Ball.Exactly(BigInteger.Pow(10, 9))).IsDefined);
        Assert.False(Elementary.SinCos(Ball.Exactly(BigInteger.Pow(10, 30))).Sin.IsDefined);
    }

    [Theory]
    [InlineData(7, 2, 3)]
    [InlineData(-7, 2, -4)]
    [InlineData(6, 2, 3)]
    public void Floors(int numerator, int denominator, int floor) =>
        Assert.Equal(Ball.Exactly(floor), Ball.Of(ExactNumber.Of(numerator, denominator)).Floor());

    private static void AssertDigits(string digits, Ball number)
    {
        var decimals = digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1;
        var expected = BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        var scaled = (number * Ball.Exactly(BigInteger.Pow(10, decimals))).ToFixed(0);
        Assert.InRange(scaled - expected, -1, 1);
    }

    private static void AssertNear(double expected, Ball number)
    {
        Assert.True(number.IsDefined);
        Assert.True(number.Radius <= Math.Max(number.Magnitude, 0) - 200, $"{number.Radius}");
        Assert.Equal(expected, number.ToDouble(), Math.Abs(expected) * 1e-13 + 1e-13);
    }

    private static void AssertSame(Ball expected, Ball number) => Assert.True(BallComparison.Of(expected, number));
}
