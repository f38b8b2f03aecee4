using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Imitation: the loss of supervised fine-tuning, −Σ w·log π_θ. Of the batch it reads only the weights.</summary>
public sealed class NegativeLogLikelihood : ITokenLoss
{
    private static readonly Scalar Zero = 0.0;

    public TokenLoss Compute(Tensor logProbs, TokenBatch batch)
    {
        TokenShapes.RequireSame(logProbs, batch.Weights, nameof(batch.Weights));
        using var scope = NewDisposeScope();

        var absent = batch.Weights.eq(Zero);
        var sum = (batch.Weights * logProbs.masked_fill(absent, Zero)).sum().neg().MoveToOuterDisposeScope();

        return new TokenLoss(sum, new Dictionary<string, Tensor>
        {
            ["sft/loss"] = sum.detach().MoveToOuterDisposeScope(),
        });
    }
}
