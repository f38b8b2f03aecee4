namespace SeedOrleans.Engine.Rewards.Mathematics.Numerics;

/// <summary>Whether two numbers that are known to many digits are one.</summary>
internal static class BallComparison
{
    /// <summary>A difference of 0 counts where it is known to 2^−170 of the numbers: 51 digits.</summary>
    private const int Digits = 170;

    /// <returns>Null where too little is known of either.</returns>
    public static bool? Of(ComplexBall a, ComplexBall b)
    {
        var difference = a - b;
        if (!difference.IsDefined)
            return null;
        if (!difference.Real.MayBeZero || !difference.Imaginary.MayBeZero)
            return false;

        var magnitude = new[] { a.Real, a.Imaginary, b.Real, b.Imaginary }.Where(part => !part.MayBeZero).Select(part => part.Magnitude).DefaultIfEmpty(0).Max();
        return Math.Max(difference.Real.Radius, difference.Imaginary.Radius) <= magnitude - Digits ? true : null;
    }

    /// <returns>The sign of a − b; null where it is not known.</returns>
    public static int? Order(Ball a, Ball b)
    {
        var difference = a - b;
        return difference.IsPositive ? 1
            : difference.IsNegative ? -1
            : difference.IsDefined && Of(a, b) == true ? 0
            : null;
    }
}
