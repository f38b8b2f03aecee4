using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>The bytes of a stretch of a flat tensor in this process's memory, for whoever fills them from a file.</summary>
/// <remarks>The tensor must outlive it.</remarks>
internal sealed unsafe class TensorMemory : MemoryManager<byte>
{
    /// <summary>.NET counts a memory's bytes in 31 bits.</summary>
    private const long MostBytes = 1 << 30;

    private readonly Tensor _tensor;
    private readonly byte* _bytes;
    private readonly int _length;

    private TensorMemory(Tensor tensor, byte* bytes, long start, long count)
    {
        (_tensor, Start, Count) = (tensor, start, count);
        _bytes = bytes;
        _length = checked((int)(count * tensor.element_size()));
    }

    /// <summary>First element.</summary>
    public long Start { get; }

    /// <summary>Elements.</summary>
    public long Count { get; }

    /// <param name="flat">One contiguous row.</param>
    /// <returns>Stretches that cover it, in order.</returns>
    public static IEnumerable<TensorMemory> Of(Tensor flat)
    {
        var most = MostBytes / flat.element_size();
        for (var start = 0L; start < flat.numel(); start += most)
            yield return Of(flat, start, Math.Min(most, flat.numel() - start));
    }

    /// <param name="start">Element of the whole tensor.</param>
    public Memory<byte> Slice(long start, long count)
    {
        var size = _tensor.element_size();
        return Memory.Slice((int)((start - Start) * size), (int)(count * size));
    }

    public override Span<byte> GetSpan() => new(_bytes, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_bytes + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    private static TensorMemory Of(Tensor flat, long start, long count)
    {
        using var stretch = flat.narrow(0, start, count);
        return new TensorMemory(flat, (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(stretch.bytes)), start, count);
    }
}
