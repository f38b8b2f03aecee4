using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>How undecided the policy is at each token: the entropy of its next-token distribution, in nats.</summary>
/// <remarks>H = −Σ p·ln p, p = softmax(z). A measurement: it carries no gradient.</remarks>
public static class TokenEntropy
{
    /// <param name="logits">[tokens, vocab], any float type; −∞ excludes an entry.</param>
    /// <returns>[tokens], float32, or float64 for float64 logits.</returns>
    public static Tensor Compute(Tensor logits)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();

        // bfloat16 would round most of a large vocabulary's terms away.
        var wide = logits.dtype == ScalarType.Float64 ? logits : logits.to(ScalarType.Float32);

        // entr(p) = −p·ln p, and 0 at p = 0, where a log-softmax would make 0·∞.
        return special.entr(wide.softmax(-1)).sum(-1).MoveToOuterDisposeScope();
    }
}
