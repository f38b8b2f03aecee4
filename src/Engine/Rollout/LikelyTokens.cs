using System.Collections.Immutable;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Rollout;

/// <summary>What a model would most likely write at one place.</summary>
internal static class LikelyTokens
{
    /// <param name="logits">[1, vocabulary], float32: one row, so that its bits depend on nobody else's.</param>
    /// <returns>Likeliest first; of equally likely ones those with the smaller ids.</returns>
    public static ImmutableArray<LikelyToken> Of(Tensor logits, int count)
    {
        using var scope = NewDisposeScope();

        float[] logProbs = [.. logits.log_softmax(-1).data<float>()];
        return
        [
            .. logProbs.Select((logProb, token) => new LikelyToken(token, logProb))
                .OrderByDescending(likely => likely.LogProb).ThenBy(likely => likely.Token).Take(count),
        ];
    }
}
