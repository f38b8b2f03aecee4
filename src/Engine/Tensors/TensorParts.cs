using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tensors;

internal static class TensorParts
{
    /// <returns>A view of the rectangle.</returns>
    public static Tensor In(this Tensor whole, Box box)
    {
        for (var dim = 0; dim < box.Lengths.Length; dim++)
            whole = whole.narrow(dim, box.Offsets[dim], box.Lengths[dim]);

        return whole;
    }
}
