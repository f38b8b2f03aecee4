namespace SeedOrleans.Engine.Checkpointing;

/// <summary>What one rank writes of a checkpoint, copied out of its tensors. Disposing gives the memory to the next copy.</summary>
public sealed class CopiedPieces : IDisposable
{
    private readonly CopyMemory _memory;
    private readonly List<byte[]> _blocks = [];
    private readonly List<TensorPiece> _pieces = [];
    private int _used;
    private int _isOver;

    internal CopiedPieces(CopyMemory memory) => _memory = memory;

    public IReadOnlyList<TensorPiece> Pieces => _pieces;

    /// <summary>Once written, or given up: nothing may read the pieces any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
            _memory.Return(_blocks);
    }

    /// <summary>The next bytes of memory, in one stretch of at most <see cref="CopyMemory.BlockBytes"/>.</summary>
    internal Memory<byte> TakeWhole(long bytes)
    {
        // Elements of any size begin at a multiple of their size.
        _used = (_used + 7) / 8 * 8;
        if (_blocks.Count == 0 || CopyMemory.BlockBytes - _used < bytes)
        {
            _blocks.Add(_memory.Rent());
            _used = 0;
        }

        var taken = _blocks[^1].AsMemory(_used, (int)bytes);
        _used += taken.Length;
        return taken;
    }

    internal void Add(TensorPiece piece) => _pieces.Add(piece);
}
