using SeedOrleans.Domain.Specs;
using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Estimates, token by token, how far the policy has left the reference.</summary>
/// <remarks>
/// d = log π_θ − log π_ref. k1 = d; k2 = ½d²; k3 = e^(−d) + d − 1, with −d within ±20 and the result within ±10, as verl
/// has it. Schulman, "Approximating KL divergence", 2020. In a loss, k1's gradient is 0 on average, k2's is the true one,
/// and k3's (GRPO, arXiv:2402.03300, Eq. 4) is near it while d is small.
/// </remarks>
internal static class KlPenalty
{
    private static readonly Scalar Half = 0.5, One = 1.0;
    private static readonly Scalar MinExponent = -20.0, MaxExponent = 20.0;
    private static readonly Scalar Min = -10.0, Max = 10.0;

    /// <param name="logRatio">[tokens], d.</param>
    /// <returns>[tokens], in the caller's dispose scope.</returns>
    public static Tensor Compute(Tensor logRatio, KlEstimator estimator)
    {
        using var scope = NewDisposeScope();

        var penalty = estimator switch
        {
            // A copy, for the caller's own tensor must not change scopes.
            KlEstimator.K1 => logRatio.alias(),
            KlEstimator.K2 => logRatio.square() * Half,
            KlEstimator.K3 => K3(logRatio),
            _ => throw new ArgumentOutOfRangeException(nameof(estimator), estimator, "No such estimator."),
        };

        return penalty.MoveToOuterDisposeScope();
    }

    private static Tensor K3(Tensor logRatio)
    {
        var toReference = logRatio.neg().clamp(MinExponent, MaxExponent);
        return (toReference.exp() - toReference - One).clamp(Min, Max);
    }
}
