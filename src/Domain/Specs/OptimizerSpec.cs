namespace SeedOrleans.Domain.Specs;

/// <summary>AdamW (Loshchilov and Hutter, arXiv:1711.05101) with warm-up, a schedule and gradient clipping.</summary>
[GenerateSerializer, Immutable, Alias("seed.optimizer-spec")]
public sealed record OptimizerSpec
{
    [Id(0)] public double LearningRate { get; init; } = 1e-6;

    [Id(1)] public double Beta1 { get; init; } = 0.9;

    [Id(2)] public double Beta2 { get; init; } = 0.95;

    [Id(3)] public double Epsilon { get; init; } = 1e-8;

    /// <summary>Applies to matrices; norms and biases do not decay.</summary>
    [Id(4)] public double WeightDecay { get; init; }

    /// <summary>Gradients are scaled down to this global norm; 0 leaves them.</summary>
    [Id(5)] public double MaxGradientNorm { get; init; } = 1;

    /// <summary>Optimizer steps over which the learning rate rises from 0.</summary>
    [Id(6)] public int WarmupSteps { get; init; }

    [Id(7)] public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Where a cosine ends, as a fraction of the learning rate.</summary>
    [Id(8)] public double FinalFraction { get; init; } = 0.1;
}

public enum LearningRateSchedule
{
    Constant,
    Cosine,
}
