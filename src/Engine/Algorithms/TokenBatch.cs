using static TorchSharp.torch;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>What a token-level loss knows besides the log-probs that it differentiates.</summary>
/// <remarks>
/// All [tokens]: the response tokens of a micro-batch, one sequence after another; [batch, seq] works as well. The caller
/// owns them. A token of weight 0 is absent: whatever its other entries are, NaN too, it changes no sum and no gradient.
/// </remarks>
public sealed record TokenBatch
{
    /// <summary>log π_old.</summary>
    public required Tensor OldLogProbs { get; init; }

    public required Tensor Advantages { get; init; }

    /// <summary>Already divided by the mini-batch's global denominator; see <see cref="BatchAssembler"/>.</summary>
    public required Tensor Weights { get; init; }

    /// <summary>log π_ref; needed where the algorithm has a KL term.</summary>
    public Tensor? ReferenceLogProbs { get; init; }
}
