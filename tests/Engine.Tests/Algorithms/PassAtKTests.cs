using System.Numerics;
using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class PassAtKTests
{
    [Theory]
    [InlineData(4, 1, 1, 0.25)]
    [InlineData(4, 2, 2, 5 / 6.0)]
    [InlineData(10, 0, 5, 0)]
    [InlineData(10, 6, 5, 1)]
    [InlineData(10, 10, 1, 1)]
    public void Worked_examples(int n, int c, int k, double expected) =>
        Assert.Equal(expected, PassAtK.Estimate(n, c, k), 1e-12);

    [Fact]
    public void It_is_the_quotient_of_binomials()
    {
        foreach (var n in (int[])[1, 2, 7, 32, 200])
            for (var c = 0; c <= n; c += Math.Max(1, n / 7))
                for (var k = 1; k <= n; k += Math.Max(1, n / 5))
                {
                    // Shifted, so that the quotient of integers keeps 50 binary places.
                    var allWrong = (double)((Choose(n - c, k) << 50) / Choose(n, k)) / (1L << 50);
                    Assert.Equal(1 - allWrong, PassAtK.Estimate(n, c, k), 1e-12);
                }
    }

    [Theory]
    [InlineData(4, 1, 0)]
    [InlineData(4, 1, 5)]
    [InlineData(4, -1, 1)]
    [InlineData(4, 5, 1)]
    public void Impossible_counts_are_refused(int n, int c, int k) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Estimate(n, c, k));

    private static BigInteger Choose(int n, int k)
    {
        var result = BigInteger.One;
        for (var i = 0; i < k; i++)
            result = result * (n - i) / (i + 1);

        return result;
    }
}
