using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tensors;

/// <summary>One operator of libtorch, called by name through its stable C interface; autograd works as in any operator.</summary>
/// <remarks>
/// Reaches what TorchSharp does not wrap. Arguments are pushed in the order of the operator's schema; each is one 64-bit
/// word, and whatever it owns passes to the callee. Schemas with <c>Scalar</c> arguments cannot be called this way.
/// </remarks>
internal sealed unsafe partial class AtenOperator
{
    private const string TorchCpu = "torch_cpu";
    private const ulong Nothing = 0;

    private readonly byte[] _name;
    private readonly byte[] _overload;

    public AtenOperator(string name, string overload = "", string library = "aten")
    {
        LibTorch.EnsureLoaded();
        _name = Encoding.UTF8.GetBytes($"{library}::{name}\0");
        _overload = Encoding.UTF8.GetBytes($"{overload}\0");
    }

    /// <summary>Runs an operator with one result.</summary>
    public Tensor Call(params ReadOnlySpan<ulong> arguments)
    {
        Span<ulong> stack = stackalloc ulong[Math.Max(arguments.Length, 1)];
        arguments.CopyTo(stack);
        Invoke(stack);
        return Tensor.UnsafeCreateTensor((IntPtr)stack[0]);
    }

    /// <summary>Runs an operator without a result.</summary>
    public void Run(params ReadOnlySpan<ulong> arguments)
    {
        Span<ulong> stack = stackalloc ulong[Math.Max(arguments.Length, 1)];
        arguments.CopyTo(stack);
        Invoke(stack);
    }

    public static ulong Argument(Tensor tensor)
    {
        Check(NewTensorHandle(tensor.Handle, out var handle));
        GC.KeepAlive(tensor);
        return (ulong)handle;
    }

    public static ulong Argument(bool value) => value ? 1UL : 0UL;

    public static ulong Argument(double value) => (ulong)BitConverter.DoubleToInt64Bits(value);

    public static ulong Argument(params ReadOnlySpan<long> values)
    {
        Check(NewList((nuint)values.Length, out var list));
        foreach (var value in values)
            Check(Append(list, (ulong)value));

        return (ulong)list;
    }

    public static ulong Argument(params ReadOnlySpan<Tensor> values)
    {
        Check(NewList((nuint)values.Length, out var list));
        foreach (var value in values)
            Check(Append(list, Argument(value)));

        return (ulong)list;
    }

    public static ulong Optional(Tensor? tensor) => tensor is null ? Nothing : Boxed(Argument(tensor));

    public static ulong Optional(double? value) => value is null ? Nothing : Boxed(Argument(value.Value));

    private static ulong Boxed(ulong value)
    {
        // The callee frees it with C++'s delete, so it must come from C++'s new.
        var box = (ulong*)CppNew(sizeof(ulong));
        *box = value;
        return (ulong)box;
    }

    private void Invoke(Span<ulong> stack)
    {
        fixed (byte* name = _name, overload = _overload)
        fixed (ulong* words = stack)
            if (CallDispatcher(name, overload, words) != 0)
                throw new InvalidOperationException(
                    $"libtorch refused {Encoding.UTF8.GetString(_name.AsSpan(0, _name.Length - 1))}; its reason stands on standard error.");
    }

    private static void Check(int status)
    {
        if (status != 0)
            throw new InvalidOperationException("libtorch refused to wrap an argument; its reason stands on standard error.");
    }

    [LibraryImport(TorchCpu, EntryPoint = "aoti_torch_call_dispatcher")]
    private static partial int CallDispatcher(byte* name, byte* overload, ulong* stack);

    [LibraryImport(TorchCpu, EntryPoint = "aoti_torch_new_tensor_handle")]
    private static partial int NewTensorHandle(IntPtr tensor, out IntPtr handle);

    [LibraryImport(TorchCpu, EntryPoint = "torch_new_list_reserve_size")]
    private static partial int NewList(nuint size, out IntPtr list);

    [LibraryImport(TorchCpu, EntryPoint = "torch_list_push_back")]
    private static partial int Append(IntPtr list, ulong value);

    [LibraryImport("libstdc++.so.6", EntryPoint = "_Znwm")]
    private static partial IntPtr CppNew(nuint size);
}
