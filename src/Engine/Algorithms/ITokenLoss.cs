using static TorchSharp.torch;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Says how good a policy's token log-probs are. All that a trainer knows of an algorithm.</summary>
public interface ITokenLoss
{
    /// <param name="logProbs">log π_θ of each response token, shaped like the tensors of <paramref name="batch"/>.</param>
    /// <returns>Tensors in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">Shapes differ, or <paramref name="batch"/> lacks what the loss needs.</exception>
    TokenLoss Compute(Tensor logProbs, TokenBatch batch);
}
