using static SeedOrleans.Engine.Tensors.AtenOperator;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tensors;

/// <summary>A matrix laid out once as the processor reads it fastest, for many products with few rows.</summary>
/// <remarks>
/// libtorch lays a matrix out anew for every product, which takes longer than the product itself when there are few rows.
/// oneDNN keeps the layout. Its products also give each row the same bits whatever rows stand beside it. No gradients.
/// </remarks>
public sealed class PackedMatrix : IDisposable
{
    private static readonly AtenOperator PackOperator = new("_reorder_linear_weight", library: "mkldnn");
    private static readonly AtenOperator ToOneDnn = new("to_mkldnn");
    private static readonly AtenOperator LinearOperator = new("mkldnn_linear");
    private static readonly AtenOperator FromOneDnn = new("to_dense");

    private readonly Tensor _packed;
    private readonly Tensor? _bias;

    /// <param name="matrix">[outer, inner], float32 on the CPU; copied.</param>
    /// <param name="bias">[outer]; not owned.</param>
    public PackedMatrix(Tensor matrix, Tensor? bias = null)
    {
        using var guard = no_grad();
        _packed = PackOperator.Call(Argument(matrix), Optional((Tensor?)null)).DetachFromDisposeScope();
        _bias = bias;
    }

    /// <summary>bfloat16 would round each product, and other devices have libraries of their own.</summary>
    public static bool CanPack(Tensor matrix) => matrix.dtype == ScalarType.Float32 && matrix.device_type == TorchSharp.DeviceType.CPU;

    /// <param name="rows">[rows, inner].</param>
    /// <returns>rows · matrixᵀ + bias, [rows, outer].</returns>
    public Tensor Multiply(Tensor rows)
    {
        // mkldnn::_linear_pointwise would be one call instead of three, but loses about 100 bytes at each.
        using var input = ToOneDnn.Call(Argument(rows), Optional((Tensor?)null));
        using var product = LinearOperator.Call(Argument(input), Argument(_packed), Optional(_bias));
        return FromOneDnn.Call(Argument(product), Optional((Tensor?)null), Optional((Tensor?)null));
    }

    public void Dispose() => _packed.Dispose();
}
