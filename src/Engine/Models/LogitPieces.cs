using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Models;

/// <summary>How a long sequence's logits over a large vocabulary are cut into pieces that fit memory at once.</summary>
public static class LogitPieces
{
    /// <summary>Of a piece: 2²⁶ float32 are 256 MiB.</summary>
    public const long MostLogits = 1L << 26;

    /// <param name="tokens">Whose logits are wanted.</param>
    /// <param name="words">Logits of each.</param>
    /// <param name="mostLogits">At once.</param>
    /// <returns>A stretch of tokens for each piece; one where all fit.</returns>
    public static Stretches Of(long tokens, long words, long mostLogits = MostLogits)
    {
        var most = Math.Max(1, mostLogits / Math.Max(1, words));
        return Stretches.Even(tokens, (int)Math.Max(1, (tokens + most - 1) / most));
    }
}
