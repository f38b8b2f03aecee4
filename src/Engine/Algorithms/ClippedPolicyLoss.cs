using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Pushes tokens of good responses up and of bad ones down, but not far from the policy that wrote them.</summary>
/// <remarks>
/// <para>
/// r = e^Δ with Δ = log π_θ − log π_old within ±20; L = max(−A·r, −A·clip(r, 1 − ε_low, 1 + ε_high)), and where A &lt; 0 at
/// most c·|A|; the loss is Σ w·(L + β·KL).
/// </para>
/// <para>
/// Schulman et al., PPO, arXiv:1707.06347, Eq. 7; Yu et al., DAPO (clip-higher), arXiv:2503.14476, Eq. 8; Ye et al. (dual
/// clip), arXiv:1912.09729. The bounds on Δ and the statistics are verl's.
/// </para>
/// </remarks>
public sealed class ClippedPolicyLoss(Algorithm algorithm) : ITokenLoss
{
    private static readonly Scalar Zero = 0.0;

    /// <summary>e^±20 is still finite in float32, and so is its square.</summary>
    private static readonly Scalar MinLogRatio = -20.0, MaxLogRatio = 20.0;

    private readonly Scalar _minRatio = 1 - algorithm.ClipLow;
    private readonly Scalar _maxRatio = 1 + algorithm.ClipHigh;
    private readonly Scalar _dualClip = algorithm.DualClip;
    private readonly Scalar _klCoefficient = algorithm.KlCoefficient;

    public TokenLoss Compute(Tensor logProbs, TokenBatch batch)
    {
        TokenShapes.RequireSame(logProbs, batch.OldLogProbs, nameof(batch.OldLogProbs));
        TokenShapes.RequireSame(logProbs, batch.Advantages, nameof(batch.Advantages));
        TokenShapes.RequireSame(logProbs, batch.Weights, nameof(batch.Weights));
        using var scope = NewDisposeScope();

        var absent = batch.Weights.eq(Zero);
        var advantages = batch.Advantages.masked_fill(absent, Zero);
        var logRatio = (logProbs - batch.OldLogProbs).masked_fill(absent, Zero).clamp(MinLogRatio, MaxLogRatio);

        var (losses, clipped, bounded) = PolicyLosses(logRatio, advantages);
        var sum = Weighted(losses);
        var statistics = new Dictionary<string, Tensor>
        {
            ["actor/pg_loss"] = Statistic(sum),
            ["actor/pg_clipfrac"] = Statistic(Weighted(clipped)),
            ["actor/pg_clipfrac_lower"] = Statistic(Weighted(bounded)),
            ["actor/ppo_kl"] = Statistic(Weighted(logRatio).neg()),
        };

        if (algorithm.KlCoefficient > 0)
        {
            var fromReference = LogRatioToReference(logProbs, batch).masked_fill(absent, Zero);
            var kl = Weighted(KlPenalty.Compute(fromReference, algorithm.KlEstimator));
            statistics["actor/kl_loss"] = Statistic(kl);
            sum += kl * _klCoefficient;
        }

        return new TokenLoss(sum.MoveToOuterDisposeScope(), statistics);

        Tensor Weighted(Tensor values) => (batch.Weights * values).sum();

        static Tensor Statistic(Tensor value) => value.detach().MoveToOuterDisposeScope();
    }

    /// <returns>[tokens] each: L; whether clipping raised it; whether dual clip lowered it.</returns>
    private (Tensor Losses, Tensor Clipped, Tensor Bounded) PolicyLosses(Tensor logRatio, Tensor advantages)
    {
        var ratio = logRatio.exp();
        var blame = advantages.neg();
        var free = blame * ratio;
        var clipped = blame * ratio.clamp(_minRatio, _maxRatio);
        var losses = maximum(free, clipped);

        // With c = 0 the bound would be 0, so it is not drawn.
        if (algorithm.DualClip == 0)
            return (losses, clipped.gt(free), zeros_like(ratio));

        var bound = blame * _dualClip;
        var bounded = losses.gt(bound).logical_and(advantages.lt(Zero));
        return (where(bounded, bound, losses), clipped.gt(free), bounded);
    }

    private static Tensor LogRatioToReference(Tensor logProbs, TokenBatch batch)
    {
        var reference = batch.ReferenceLogProbs
            ?? throw new ArgumentException(
                "The algorithm has a KL term, but the batch has no reference log-probs; give them, or set the KL " +
                "coefficient to 0.", nameof(batch));

        TokenShapes.RequireSame(logProbs, reference, nameof(batch.ReferenceLogProbs));
        return logProbs - reference;
    }
}
