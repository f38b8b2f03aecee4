namespace SeedOrleans.Engine.Algorithms;

/// <summary>The chance that at least one of k answers is right, estimated without bias from n answers.</summary>
/// <remarks>
/// 1 − C(n−c, k) / C(n, k), as a product, for binomials overflow. Chen et al., "Evaluating large language models trained
/// on code", arXiv:2107.03374, Eq. 1 and Figure 3.
/// </remarks>
public static class PassAtK
{
    /// <param name="n">Answers sampled.</param>
    /// <param name="c">Right ones among them.</param>
    /// <param name="k">Answers a user would look at, at most <paramref name="n"/>.</param>
    public static double Estimate(int n, int c, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(c, n);

        if (n - c < k)
            return 1;

        var allWrong = 1.0;
        for (var i = n - c + 1; i <= n; i++)
            allWrong *= 1 - ((double)k / i);

        return 1 - allWrong;
    }
}
