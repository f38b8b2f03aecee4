using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tensors;

/// <summary>Where a tensor's numbers lie, on whatever device.</summary>
internal static partial class DevicePointer
{
    /// <returns>Address of the first; good for as long as the tensor is.</returns>
    public static nint Of(Tensor tensor)
    {
        if (GetDataPointer(tensor.Handle, out var start) != 0)
            throw new InvalidOperationException("libtorch does not say where a tensor lies.");

        GC.KeepAlive(tensor);
        return start;
    }

    [LibraryImport("torch_cpu", EntryPoint = "aoti_torch_get_data_ptr")]
    private static partial int GetDataPointer(nint tensor, out nint start);
}
