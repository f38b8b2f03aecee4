using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>What each named algorithm means, and how a spec changes it.</summary>
/// <remarks>
/// Dual clip (Ye et al., arXiv:1912.09729) is in none of the three papers; its values are verl's, 3 by default and 10 in
/// the DAPO recipe. GRPO's KL coefficient is verl's default too, 0.001; DeepSeekMath trained with 0.04.
/// </remarks>
public static class AlgorithmPresets
{
    /// <summary>
    /// Yu et al., arXiv:2503.14476. The overlong penalty is off until a spec gives L_cache, for it is a share of the run's
    /// own length limit: the paper's 4096 of 20480 tokens would penalize every response of a run with a limit of 200.
    /// </summary>
    private static readonly Algorithm Dapo = new()
    {
        ClipLow = 0.2,
        ClipHigh = 0.28,
        DualClip = 10,
        Aggregation = LossAggregation.TokenMean,
        NormalizeByDeviation = true,
        DynamicSampling = true,
        OverlongCacheTokens = 0,
        OverlongFiltering = false,
        KlCoefficient = 0,
        KlEstimator = KlEstimator.K3,
    };

    /// <summary>Shao et al., DeepSeekMath, arXiv:2402.03300.</summary>
    private static readonly Algorithm Grpo = new()
    {
        ClipLow = 0.2,
        ClipHigh = 0.2,
        DualClip = 3,
        Aggregation = LossAggregation.SequenceMean,
        NormalizeByDeviation = true,
        DynamicSampling = false,
        OverlongCacheTokens = 0,
        OverlongFiltering = false,
        KlCoefficient = 0.001,
        KlEstimator = KlEstimator.K3,
    };

    /// <summary>Liu et al., "Understanding R1-Zero-like training", arXiv:2503.20783: GRPO without its two biases.</summary>
    private static readonly Algorithm DrGrpo = Grpo with
    {
        Aggregation = LossAggregation.ConstantLength,
        NormalizeByDeviation = false,
        KlCoefficient = 0,
    };

    /// <summary>The preset of <paramref name="spec"/> with the spec's own values in place of the preset's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value for which the algorithm has no meaning.</exception>
    public static Algorithm Resolve(AlgorithmSpec spec)
    {
        var preset = spec.Preset switch
        {
            AlgorithmPreset.Dapo => Dapo,
            AlgorithmPreset.Grpo => Grpo,
            AlgorithmPreset.DrGrpo => DrGrpo,
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Preset, "No such preset."),
        };

        return Checked(new Algorithm
        {
            ClipLow = spec.ClipLow ?? preset.ClipLow,
            ClipHigh = spec.ClipHigh ?? preset.ClipHigh,
            DualClip = spec.DualClip ?? preset.DualClip,
            Aggregation = spec.Aggregation ?? preset.Aggregation,
            NormalizeByDeviation = spec.NormalizeByDeviation ?? preset.NormalizeByDeviation,
            DynamicSampling = spec.DynamicSampling ?? preset.DynamicSampling,
            OverlongCacheTokens = spec.OverlongCacheTokens ?? preset.OverlongCacheTokens,
            OverlongFiltering = spec.OverlongFiltering ?? preset.OverlongFiltering,
            KlCoefficient = spec.KlCoefficient ?? preset.KlCoefficient,
            KlEstimator = spec.KlEstimator ?? preset.KlEstimator,
            FormatPenalty = spec.FormatPenalty ?? preset.FormatPenalty,
            LanguagePenalty = spec.LanguagePenalty ?? preset.LanguagePenalty,
            RepetitionPenalty = spec.RepetitionPenalty ?? preset.RepetitionPenalty,
        });
    }

    private static Algorithm Checked(Algorithm algorithm)
    {
        Require(algorithm.ClipLow is >= 0 and <= 1, nameof(algorithm.ClipLow), algorithm.ClipLow, "from 0 to 1");
        Require(IsFiniteNonNegative(algorithm.ClipHigh), nameof(algorithm.ClipHigh), algorithm.ClipHigh, "0 or more");
        Require(
            algorithm.DualClip is 0 || (double.IsFinite(algorithm.DualClip) && algorithm.DualClip > 1),
            nameof(algorithm.DualClip), algorithm.DualClip, "greater than 1, or 0 to turn it off");
        Require(
            algorithm.OverlongCacheTokens >= 0,
            nameof(algorithm.OverlongCacheTokens), algorithm.OverlongCacheTokens, "0 or more");
        Require(
            IsFiniteNonNegative(algorithm.KlCoefficient),
            nameof(algorithm.KlCoefficient), algorithm.KlCoefficient, "0 or more");
        Require(IsFiniteNonNegative(algorithm.FormatPenalty), nameof(algorithm.FormatPenalty), algorithm.FormatPenalty, "0 or more");
        Require(IsFiniteNonNegative(algorithm.LanguagePenalty), nameof(algorithm.LanguagePenalty), algorithm.LanguagePenalty, "0 or more");
        Require(IsFiniteNonNegative(algorithm.RepetitionPenalty), nameof(algorithm.RepetitionPenalty), algorithm.RepetitionPenalty, "0 or more");
        return algorithm;
    }

    private static bool IsFiniteNonNegative(double value) => double.IsFinite(value) && value >= 0;

    private static void Require(bool holds, string name, double value, string range)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
    }
}
