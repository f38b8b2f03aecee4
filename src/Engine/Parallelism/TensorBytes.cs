using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>A contiguous CPU tensor's bytes where they lie, for sockets to read and write. Good for as long as the tensor is.</summary>
internal sealed unsafe class TensorBytes
{
    private readonly byte* _start;

    public TensorBytes(Tensor tensor)
    {
        if (tensor.numel() == 0)
            return;

        // One element's address is enough; a span over all of them ends at 2 GiB.
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        _start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }

    public Span<byte> Span(long offset, int bytes) => new(_start + offset, bytes);

    public Memory<byte> Memory(long offset, int bytes) => new Window(_start + offset, bytes).Memory;

    private sealed class Window(byte* start, int bytes) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => new(start, bytes);

        public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

        public override void Unpin()
        {
            // libtorch's memory does not move.
        }

        protected override void Dispose(bool disposing)
        {
            // The tensor owns it.
        }
    }
}
