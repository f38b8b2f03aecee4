using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Training;

/// <summary>What stays the same over all updates of a rank.</summary>
public sealed record RankTrainerOptions
{
    /// <summary>Tokens that the tokenizer knows; null takes the model's.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>The sampler's: log-probs are those of softmax(logits / temperature), as the sampler recorded them.</summary>
    public double Temperature { get; init; } = 1;

    public int MicroBatchTokens { get; init; } = 8192;

    /// <summary>Logits that a rank has at once; where there are more, they are computed piece by piece, forward and again backward.</summary>
    public long MostLogits { get; init; } = LogitPieces.MostLogits;

    public RouterSpec Router { get; init; } = new();

    /// <summary>Layers' weights come when they are needed and go afterwards; else they stay. Changes no number.</summary>
    public bool ReshardAfterForward { get; init; }

    /// <summary>Changes no number.</summary>
    public Recomputation Recomputation { get; init; } = Recomputation.None;

    /// <summary>Where the optimizer's memory is between steps; in the process's if null. Changes no number.</summary>
    public FileMemory? OptimizerOffload { get; init; }

    /// <summary>Where the inputs of layers that are computed again wait; in memory if null. Changes no number.</summary>
    public FileMemory? ActivationOffload { get; init; }

    /// <summary>These, with what is done to need less memory.</summary>
    /// <param name="files">Where that which is offloaded waits.</param>
    public RankTrainerOptions Saving(MemorySpec measures, FileMemory files) => this with
    {
        ReshardAfterForward = measures.ReshardAfterForward,
        Recomputation = new Recomputation(measures.RecomputeEvery, measures.RecomputeActivations),
        ActivationOffload = measures.OffloadActivations ? files : null,
        OptimizerOffload = measures.OffloadOptimizer ? files : null,
    };

    /// <summary>Keep the first weights, to measure the KL divergence from them.</summary>
    public bool KeepReference { get; init; }
}
