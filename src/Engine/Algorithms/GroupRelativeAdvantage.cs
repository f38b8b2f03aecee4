namespace SeedOrleans.Engine.Algorithms;

/// <summary>Judges each response against its siblings, so that no value model is needed (GRPO).</summary>
/// <remarks>
/// A_i = (r_i − mean(r)) / (std(r) + ε), with the population's std; one number a response, shared by its tokens. Without
/// the division it is Dr. GRPO's. verl divides by the sample's std, √(G/(G−1)) times as large, and gives a group of one
/// its raw reward, where we give 0: without a sibling there is nothing to compare.
/// Shao et al., DeepSeekMath, arXiv:2402.03300, §4.1.2; Yu et al., DAPO, arXiv:2503.14476, Eq. 9; Liu et al.,
/// arXiv:2503.20783, §3.2.
/// </remarks>
public static class GroupRelativeAdvantage
{
    /// <summary>Keeps nearly equal rewards from being divided by nearly 0.</summary>
    private const double Epsilon = 1e-6;

    /// <param name="rewards">One number a response of the group.</param>
    /// <param name="normalizeByDeviation">Divide by the group's standard deviation.</param>
    /// <returns>As many advantages, of mean 0; exactly 0 where all rewards are equal.</returns>
    public static double[] Compute(ReadOnlySpan<double> rewards, bool normalizeByDeviation)
    {
        var advantages = new double[rewards.Length];

        // A mean of equal numbers may be off by a rounding, so that centring would not give 0.
        if (rewards.IsEmpty || !rewards.ContainsAnyExcept(rewards[0]))
            return advantages;

        var mean = Mean(rewards);
        for (var i = 0; i < rewards.Length; i++)
            advantages[i] = rewards[i] - mean;

        if (!normalizeByDeviation)
            return advantages;

        var scale = RootMeanSquare(advantages) + Epsilon;
        for (var i = 0; i < advantages.Length; i++)
            advantages[i] /= scale;

        return advantages;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;

        return sum / values.Length;
    }

    private static double RootMeanSquare(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value * value;

        return Math.Sqrt(sum / values.Length);
    }
}
