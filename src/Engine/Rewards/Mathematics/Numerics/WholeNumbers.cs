using System.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Numerics;

/// <summary>What is computed with whole numbers alone. Whoever calls has bounded the arguments.</summary>
internal static class WholeNumbers
{
    /// <returns>n·(n − 1)·… with k factors.</returns>
    public static BigInteger Descending(int n, int k)
    {
        var product = BigInteger.One;
        for (var i = 0; i < k; i++)
            product *= n - i;

        return product;
    }

    /// <param name="digits">0 to 9, then A to F.</param>
    public static BigInteger Digits(string digits, BigInteger radix) =>
        digits.Aggregate(BigInteger.Zero, (value, digit) => (value * radix) + Convert.ToInt32(digit.ToString(), 16));

    public static BigInteger Floor(ExactNumber value) =>
        BigInteger.Divide(value.Numerator - (value.Sign < 0 ? value.Denominator - 1 : 0), value.Denominator);

    public static BigInteger Lcm(IEnumerable<ExactNumber> values)
    {
        var lcm = BigInteger.One;
        foreach (var value in values)
        {
            if (value.IsZero)
                return BigInteger.Zero;

            lcm = BigInteger.Abs(lcm * value.Numerator) / BigInteger.GreatestCommonDivisor(lcm, value.Numerator);
        }

        return lcm;
    }
}
