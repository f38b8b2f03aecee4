namespace SeedOrleans.Engine.Parallelism;

/// <summary>How context-parallel ranks share a sequence: cut into twice as many chunks as ranks, each takes one from either end.</summary>
/// <remarks>A causal token's work grows with its position, so early and late chunks together make all ranks' work alike (Llama 3, arXiv:2407.21783, §3.3.2).</remarks>
public static class ZigZag
{
    /// <returns>The positions that <paramref name="rank"/> computes, ascending; none where the sequence is too short for all.</returns>
    public static IEnumerable<int> Positions(int length, int rank, int ranks)
    {
        if (ranks == 1)
            return Enumerable.Range(0, length);

        return Chunk(rank).Concat(Chunk((2 * ranks) - 1 - rank));

        IEnumerable<int> Chunk(int chunk)
        {
            var (start, length) = Chunks()[chunk];
            return Enumerable.Range((int)start, (int)length);
        }

        Stretches Chunks() => Stretches.Even(length, 2 * ranks);
    }
}
