using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace SeedOrleans.Engine.Models;

/// <summary>A linear layer. Weights that change are multiplied as they lie; weights that no longer do may be packed.</summary>
/// <param name="weight">[outer, inner]; not owned.</param>
/// <param name="bias">[outer]; not owned.</param>
public sealed class Projection(Tensor weight, Tensor? bias = null) : IDisposable
{
    private PackedMatrix? _packed;

    /// <summary>Faster for few rows from now on, without gradients, and blind to changes of the weight.</summary>
    public void Pack()
    {
        if (PackedMatrix.CanPack(weight))
            _packed ??= new PackedMatrix(weight, bias);
    }

    /// <param name="rows">[rows, inner].</param>
    /// <returns>[rows, outer].</returns>
    public Tensor Apply(Tensor rows) => _packed?.Multiply(rows) ?? F.linear(rows, weight, bias);

    public void Dispose() => _packed?.Dispose();
}
