namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>Deals numbers out to owners by their shares, so that any stretch of numbers holds nearly the shares that were asked for.</summary>
/// <remarks>
/// The owner of n is where frac(u + n·φ) falls, φ the golden ratio: any stretch of that sequence fills [0, 1) evenly (Kronecker's sequence;
/// Niederreiter, 1992, ch. 3).
/// </remarks>
/// <param name="shares">Of each owner; together 1.</param>
/// <param name="offset">u, in parts of 2⁶⁴.</param>
internal sealed class EvenShares(IEnumerable<double> shares, ulong offset)
{
    /// <summary>2⁶⁴ / φ: in numbers of 64 bits that wrap around, one step along the sequence.</summary>
    private const ulong GoldenStep = 0x9E3779B97F4A7C15;

    private const double TwoToMinus53 = 1.0 / (1L << 53);

    private readonly double[] _ends = Ends(shares);

    /// <returns>The owner's place among the shares.</returns>
    public int OwnerOf(ulong number)
    {
        // Sums of shares end next to 1; the last owner has what rounding leaves.
        var point = ((offset + (number * GoldenStep)) >> 11) * TwoToMinus53;
        for (var owner = 0; owner < _ends.Length - 1; owner++)
            if (point < _ends[owner])
                return owner;

        return _ends.Length - 1;
    }

    /// <returns>For each owner where its part of [0, 1) ends.</returns>
    private static double[] Ends(IEnumerable<double> shares)
    {
        var end = 0.0;
        return [.. shares.Select(share => end += share)];
    }
}
