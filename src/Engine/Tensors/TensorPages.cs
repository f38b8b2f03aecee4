using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static SeedOrleans.Engine.Tensors.AtenOperator;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tensors;

/// <summary>Memory that goes from under a tensor that stays: its views and the graphs that saved it remain valid, its numbers do not.</summary>
/// <remarks>On the CPU. The pages are the system's until somebody writes to them again, which needs no word beforehand.</remarks>
internal static unsafe partial class TensorPages
{
    private const int DontNeed = 4;

    private static readonly AtenOperator SetOperator = new("set_", "source_Tensor");

    /// <summary>Gives a tensor's memory back, down to a page at either end; until it is filled again, after <see cref="Take"/>, nobody may read it.</summary>
    /// <param name="flat">Contiguous.</param>
    public static void Free(Tensor flat)
    {
        Drop(flat);
        MemoryMeter.Charge(-flat.numel() * flat.element_size());
    }

    /// <summary>Says that memory that went is about to be filled: it counts from now on.</summary>
    public static void Take(Tensor flat) => MemoryMeter.Charge(flat.numel() * flat.element_size());

    /// <summary>As <see cref="Free"/>, where the memory is not libtorch's: a file's, which keeps the numbers.</summary>
    public static void Drop(Tensor flat)
    {
        if (flat.numel() == 0)
            return;

        using var row = flat.detach();
        using var first = row.view(-1).narrow(0, 0, 1);
        var (page, bytes) = ((nuint)Environment.SystemPageSize, (nuint)(flat.numel() * flat.element_size()));
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
        var (from, to) = ((start + page - 1) / page * page, (start + bytes) / page * page);
        if (from < to && Advise(from, to - from, DontNeed) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Memory of {bytes} bytes could not be given back.");
    }

    /// <returns>A tensor over the same memory that autograd takes for another one: writing to one does not count as changing the other.</returns>
    public static Tensor Another(Tensor flat) => SetOperator.Call(Argument(empty([0], flat.dtype)), Argument(flat));

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(nuint address, nuint length, int advice);
}
