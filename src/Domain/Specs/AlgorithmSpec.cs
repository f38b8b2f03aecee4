namespace SeedOrleans.Domain.Specs;

/// <summary>A preset and what to change in it. Keys left out keep the preset's value.</summary>
[GenerateSerializer, Immutable, Alias("seed.algorithm-spec")]
public sealed record AlgorithmSpec
{
    [Id(0)] public AlgorithmPreset Preset { get; init; } = AlgorithmPreset.Dapo;

    /// <summary>ε_low: the ratio's lower clip is 1 − ε_low.</summary>
    [Id(1)] public double? ClipLow { get; init; }

    /// <summary>ε_high: the ratio's upper clip is 1 + ε_high.</summary>
    [Id(2)] public double? ClipHigh { get; init; }

    /// <summary>c of dual clip: the loss of a bad token is at most c·|A|; 0 turns it off.</summary>
    [Id(3)] public double? DualClip { get; init; }

    [Id(4)] public LossAggregation? Aggregation { get; init; }

    /// <summary>Divide centred rewards by the group's standard deviation.</summary>
    [Id(5)] public bool? NormalizeByDeviation { get; init; }

    /// <summary>Train only on groups with 0 &lt; correct &lt; group size, and sample until there are enough.</summary>
    [Id(6)] public bool? DynamicSampling { get; init; }

    /// <summary>L_cache of the soft overlong penalty, in tokens; 0 turns it off.</summary>
    [Id(7)] public int? OverlongCacheTokens { get; init; }

    /// <summary>Leave truncated responses out of the loss.</summary>
    [Id(8)] public bool? OverlongFiltering { get; init; }

    /// <summary>Weight of the KL penalty to the cold-start policy in the loss; 0 turns it off.</summary>
    [Id(9)] public double? KlCoefficient { get; init; }

    [Id(10)] public KlEstimator? KlEstimator { get; init; }

    /// <summary>Taken from the score of a response in which the verifier finds no answer.</summary>
    [Id(11)] public double? FormatPenalty { get; init; }

    /// <summary>Taken from the score, times the share of the response's letters that the question's writing system does not have.</summary>
    [Id(12)] public double? LanguagePenalty { get; init; }

    /// <summary>Taken from the score, times the share of runs of 8 tokens that the response has had before.</summary>
    [Id(13)] public double? RepetitionPenalty { get; init; }
}

public enum AlgorithmPreset
{
    /// <summary>Yu et al., arXiv:2503.14476.</summary>
    Dapo,

    /// <summary>Shao et al., arXiv:2402.03300.</summary>
    Grpo,

    /// <summary>Liu et al., arXiv:2503.20783.</summary>
    DrGrpo,
}

public enum LossAggregation
{
    /// <summary>Σ over all tokens / global token count (DAPO).</summary>
    TokenMean,

    /// <summary>Mean over responses of each response's token mean (GRPO).</summary>
    SequenceMean,

    /// <summary>Σ over all tokens / (responses · maximum response length) (Dr. GRPO).</summary>
    ConstantLength,
}

/// <summary>Estimators of KL(π_θ ‖ π_ref) from samples of π_θ (Schulman, "Approximating KL divergence", 2020).</summary>
public enum KlEstimator
{
    K1,
    K2,
    K3,
}
