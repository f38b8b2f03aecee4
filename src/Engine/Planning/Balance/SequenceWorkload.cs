namespace SeedOrleans.Engine.Planning.Balance;

/// <summary>What a sequence costs a layer, up to a factor that all sequences share: 6·h·s + s².</summary>
/// <remarks>
/// A dense layer's products with weights take 12·h²·s multiplications and attention 2·h·s² (h: hidden size, s: tokens); divided by 2·h.
/// The 12·h² stands for a layer's parameters, so a layer whose products with weights are narrower or wider than that, or that
/// uses only some of its experts, counts with those that a token meets.
/// </remarks>
public static class SequenceWorkload
{
    /// <param name="layerParameters">Of one layer's matrices, those that one token is multiplied with.</param>
    /// <param name="attentionWidth">Query heads times the size of one.</param>
    /// <returns>The workload of a sequence of <paramref name="tokens"/> tokens; 6·h·s + s² where parameters are 12·h² and attention is h wide.</returns>
    public static double Of(long tokens, long layerParameters, long attentionWidth) =>
        ((double)layerParameters / (2.0 * attentionWidth) * tokens) + ((double)tokens * tokens);
}
