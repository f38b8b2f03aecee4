using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

/// <summary>DAPO's loss as the paper's and verl's text has it: one token after another, in plain arithmetic.</summary>
internal static class SlowPolicyLoss
{
    public static (double Loss, Dictionary<string, double> Statistics) Of(IEnumerable<Token> tokens, Algorithm algorithm)
    {
        double policy = 0, clippedShare = 0, boundedShare = 0, oldKl = 0, referenceKl = 0;
        foreach (var token in tokens)
        {
            var logRatio = Math.Max(-20, Math.Min(20, token.LogProb - token.OldLogProb));
            var ratio = Math.Exp(logRatio);

            var clippedRatio = ratio;
            if (ratio < 1 - algorithm.ClipLow)
                clippedRatio = 1 - algorithm.ClipLow;
            if (ratio > 1 + algorithm.ClipHigh)
                clippedRatio = 1 + algorithm.ClipHigh;

            var gain = Math.Min(ratio * token.Advantage, clippedRatio * token.Advantage);
            var isClipped = clippedRatio * token.Advantage < ratio * token.Advantage;
            var isBounded = algorithm.DualClip != 0 && token.Advantage < 0 && gain < algorithm.DualClip * token.Advantage;
            if (isBounded)
                gain = algorithm.DualClip * token.Advantage;

            policy -= token.Weight * gain;
            oldKl -= token.Weight * logRatio;
            clippedShare += isClipped ? token.Weight : 0;
            boundedShare += isBounded ? token.Weight : 0;
            referenceKl += token.Weight * Kl(token.LogProb, token.ReferenceLogProb, algorithm.KlEstimator);
        }

        var statistics = new Dictionary<string, double>
        {
            ["actor/pg_loss"] = policy,
            ["actor/pg_clipfrac"] = clippedShare,
            ["actor/pg_clipfrac_lower"] = boundedShare,
            ["actor/ppo_kl"] = oldKl,
        };
        if (algorithm.KlCoefficient > 0)
            statistics["actor/kl_loss"] = referenceKl;

        return (policy + (algorithm.KlCoefficient * referenceKl), statistics);
    }

    private static double Kl(double logProb, double reference, KlEstimator estimator)
    {
        switch (estimator)
        {
            case KlEstimator.K1:
                return logProb - reference;
            case KlEstimator.K2:
                return Math.Pow(logProb - reference, 2) / 2;
            default:
                // Schulman's r is π_ref / π_θ: (r − 1) − log r.
                var logR = Math.Max(-20, Math.Min(20, reference - logProb));
                return Math.Max(-10, Math.Min(10, Math.Exp(logR) - 1 - logR));
        }
    }

    internal sealed record Token(double LogProb, double OldLogProb, double ReferenceLogProb, double Advantage, double Weight);
}
