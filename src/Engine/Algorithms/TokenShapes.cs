using static TorchSharp.torch;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Refuses tensors that are not parallel, which broadcasting would quietly stretch.</summary>
internal static class TokenShapes
{
    public static void RequireSame(Tensor logProbs, Tensor other, string name)
    {
        if (!logProbs.shape.AsSpan().SequenceEqual(other.shape))
            throw new ArgumentException(
                $"{name} has shape [{string.Join(", ", other.shape)}] beside log-probs of shape " +
                $"[{string.Join(", ", logProbs.shape)}]; give one entry a token.", name);
    }
}
