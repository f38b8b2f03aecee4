using System.Runtime.InteropServices;
using static SeedOrleans.Engine.Tensors.AtenOperator;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tensors;

/// <summary>A matrix laid out once as the processor reads it fastest, for many products with few rows.</summary>
/// <remarks>
/// libtorch lays a matrix out anew for every product, which takes longer than the product itself when there are few rows.
/// oneDNN keeps the layout. Its products also give each row the same bits whatever rows stand beside it. No gradients.
/// </remarks>
public sealed unsafe partial class PackedMatrix : IDisposable
{
    private static readonly AtenOperator PackOperator = new("_reorder_linear_weight", library: "mkldnn");

    private readonly Tensor _packed;
    private readonly Tensor? _bias;

    /// <param name="matrix">[outer, inner], float32 on the CPU; copied.</param>
    /// <param name="bias">[outer]; not owned.</param>
    public PackedMatrix(Tensor matrix, Tensor? bias = null)
    {
        LibTorch.EnsureLoaded();
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
        IntPtr product;
        var bias = _bias?.Handle ?? IntPtr.Zero;
        fixed (byte* nothingAfter = "none"u8)
            if (Linear(rows.Handle, _packed.Handle, _bias is null ? null : &bias, nothingAfter, null, 0, null, &product) != 0)
                throw new InvalidOperationException("oneDNN refused a product; its reason stands on standard error.");

        GC.KeepAlive(rows);
        return Tensor.UnsafeCreateTensor(product);
    }

    public void Dispose() => _packed.Dispose();

    // The dispatcher's way to this operator loses a string at each call (libtorch 2.10); this one borrows its arguments.
    [LibraryImport("torch_cpu", EntryPoint = "aoti_torch_cpu__linear_pointwise")]
    private static partial int Linear(
        IntPtr rows, IntPtr matrix, IntPtr* bias, byte* after, double** scalars, long scalarCount, byte** algorithm, IntPtr* product);
}
