using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Every setting of a policy-gradient algorithm, decided. <see cref="AlgorithmPresets"/> makes it.</summary>
public sealed record Algorithm
{
    /// <summary>ε_low: the ratio's lower clip is 1 − ε_low.</summary>
    public required double ClipLow { get; init; }

    /// <summary>ε_high: the ratio's upper clip is 1 + ε_high.</summary>
    public required double ClipHigh { get; init; }

    /// <summary>c: the loss of a token with negative advantage is at most c·|A|; 0 is no such limit.</summary>
    public required double DualClip { get; init; }

    public required LossAggregation Aggregation { get; init; }

    public required bool NormalizeByDeviation { get; init; }

    /// <summary>Train only on groups that <see cref="GroupFilter.IsInformative"/>.</summary>
    public required bool DynamicSampling { get; init; }

    /// <summary>L_cache of the overlong penalty; 0 is no penalty.</summary>
    public required int OverlongCacheTokens { get; init; }

    /// <summary>Leave truncated responses out of the loss.</summary>
    public required bool OverlongFiltering { get; init; }

    /// <summary>β; 0 is no KL term, and no reference policy is needed.</summary>
    public required double KlCoefficient { get; init; }

    public required KlEstimator KlEstimator { get; init; }

    /// <summary>What a response without an answer loses.</summary>
    public double FormatPenalty { get; init; }

    /// <summary>What a response in another language than its question's loses.</summary>
    public double LanguagePenalty { get; init; }

    /// <summary>What a response that only repeats itself loses.</summary>
    public double RepetitionPenalty { get; init; }
}
