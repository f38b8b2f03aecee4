namespace SeedOrleans.Engine.Planning.Memory;

/// <summary>What one rank needs of its device's memory at the worst moment of an update, in bytes.</summary>
/// <param name="Weights">As they are computed with, and what is kept of them.</param>
/// <param name="Gradients">That add up over micro-batches.</param>
/// <param name="Optimizer">Both moments, and float32 masters of narrower weights.</param>
/// <param name="Activations">Kept for the backward pass.</param>
/// <param name="Working">Beside all these when most is needed: a block's own numbers, logits, gradients on their way.</param>
public sealed record MemoryEstimate(long Weights, long Gradients, long Optimizer, long Activations, long Working)
{
    /// <summary>Between updates.</summary>
    public long Static => Weights + Gradients + Optimizer;

    public long Total => Static + Activations + Working;
}
