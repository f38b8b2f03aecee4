using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>A tensor's own memory as spans, which end at 2 GiB where a tensor need not.</summary>
internal static class TensorBytes
{
    private const long PieceElements = 1 << 26;

    /// <param name="tensor">Contiguous, on the CPU.</param>
    /// <returns>Flat views that follow each other in memory; each lives until the next is asked for.</returns>
    public static IEnumerable<Tensor> Pieces(Tensor tensor)
    {
        var elements = tensor.numel();
        for (long start = 0; start < elements; start += PieceElements)
        {
            using var flat = tensor.view(-1);
            using var piece = flat.narrow(0, start, Math.Min(PieceElements, elements - start));
            yield return piece;
        }
    }
}
