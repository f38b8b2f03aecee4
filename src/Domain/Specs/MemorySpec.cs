namespace SeedOrleans.Domain.Specs;

/// <summary>What training does to need less memory.</summary>
[GenerateSerializer, Immutable, Alias("seed.memory-spec")]
public sealed record MemorySpec
{
    /// <summary>
    /// A rank holds a layer's weights only while it computes with them, forward and again backward, and reduces gradients layer by layer (FSDP, ZeRO-3). Otherwise
    /// weights stay and only optimizer states are sharded (ZeRO-1). Adds up micro-batches in another order, so it is part of a run's arithmetic.
    /// </summary>
    [Id(0)] public bool ReshardAfterForward { get; init; }

    /// <summary>Every so many layers one forgets its activations and computes them again in the backward pass: 1 is all, 0 none. Changes no result.</summary>
    [Id(1)] public int RecomputeEvery { get; init; }

    /// <summary>
    /// The other layers forget what stands between an MLP's gates and its output, or its experts', which is half of what it keeps, and compute that again (selective recomputation). Changes no result.
    /// </summary>
    [Id(4)] public bool RecomputeActivations { get; init; }

    /// <summary>The inputs of layers that are computed again wait in a file for the backward pass. Changes no result.</summary>
    [Id(2)] public bool OffloadActivations { get; init; }

    /// <summary>The optimizer's states are in a file between steps. Changes no result.</summary>
    [Id(3)] public bool OffloadOptimizer { get; init; }
}
