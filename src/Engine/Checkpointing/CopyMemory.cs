using System.Collections.Concurrent;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>Blocks that a rank copies its state into, kept from one checkpoint to the next: fresh memory costs as much as the copy itself.</summary>
internal sealed class CopyMemory
{
    public const int BlockBytes = 16 << 20;

    private const int PageBytes = 4096;

    private readonly ConcurrentBag<byte[]> _free = [];

    public CopiedPieces Begin() => new(this);

    /// <summary>Has memory for <paramref name="bytes"/> at hand, its pages touched.</summary>
    public void Prepare(long bytes)
    {
        for (var left = bytes; left > 0; left -= BlockBytes)
        {
            var block = NewBlock();
            for (var at = 0L; at < Math.Min(left, BlockBytes); at += PageBytes)
                block[at] = 0;

            _free.Add(block);
        }
    }

    public byte[] Rent() => _free.TryTake(out var block) ? block : NewBlock();

    public void Return(IEnumerable<byte[]> blocks)
    {
        foreach (var block in blocks)
            _free.Add(block);
    }

    private static byte[] NewBlock() => GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);
}
