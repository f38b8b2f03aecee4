namespace SeedOrleans.Domain.Specs;

/// <summary>The reinforcement-learning loop.</summary>
[GenerateSerializer, Immutable, Alias("seed.training-spec")]
public sealed record TrainingSpec
{
    /// <summary>Policy versions to make: rollout, then update.</summary>
    [Id(0)] public required int Steps { get; init; }

    /// <summary>Prompt groups that a step trains on.</summary>
    [Id(1)] public required int PromptsPerStep { get; init; }

    /// <summary>Responses to each prompt.</summary>
    [Id(2)] public required int GroupSize { get; init; }

    /// <summary>Optimizer updates a step; each takes an equal share of its groups.</summary>
    [Id(3)] public int UpdatesPerStep { get; init; } = 1;

    /// <summary>Tokens, prompt and response, that a rank holds at once (a longer sequence stands alone); gradients accumulate over as many micro-batches as it takes.</summary>
    [Id(4)] public int MicroBatchTokens { get; init; } = 8192;

    [Id(5)] public OptimizerSpec Optimizer { get; init; } = new();

    /// <summary>Where π_old of the policy ratio comes from.</summary>
    [Id(6)] public OldLogProbs OldLogProbs { get; init; } = OldLogProbs.Rollout;

    /// <summary>Dynamic sampling gives up after generating this many times the groups that a step needs.</summary>
    [Id(7)] public int MaxOversampling { get; init; } = 20;

    [Id(8)] public RouterSpec Router { get; init; } = new();
}

public enum OldLogProbs
{
    /// <summary>As the sampler recorded them.</summary>
    Rollout,

    /// <summary>Computed again by the trainer before a step's first update.</summary>
    Recompute,
}

/// <summary>How experts are kept evenly loaded; ignored by dense models.</summary>
[GenerateSerializer, Immutable, Alias("seed.router-spec")]
public sealed record RouterSpec
{
    [Id(0)] public RouterBalance Balance { get; init; } = RouterBalance.AuxiliaryLoss;

    /// <summary>Weight of the auxiliary loss, or size of one change of the bias.</summary>
    [Id(1)] public double Rate { get; init; } = 1e-3;
}

public enum RouterBalance
{
    None,

    /// <summary>Sequence-wise balance loss (DeepSeek-V3, arXiv:2412.19437, Eq. 17–20).</summary>
    AuxiliaryLoss,

    /// <summary>A bias on each expert's score, moved against its load, for the choice alone (arXiv:2408.15664).</summary>
    Bias,
}
