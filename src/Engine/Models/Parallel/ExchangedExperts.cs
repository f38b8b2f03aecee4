using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>Experts that ranks share: rows travel to whoever has their expert, and back (Lepikhin et al., GShard, arXiv:2006.16668, §2.2).</summary>
/// <remarks>However uneven the loads, no row is dropped: ranks tell each other first how many are to come.</remarks>
/// <param name="weights">Of this rank's experts.</param>
/// <param name="forgetful">As <see cref="LocalExperts"/> takes it.</param>
internal sealed class ExchangedExperts(ExpertWeights weights, RowExchange ranks, GradientTape tape, GradientTape? forgetful = null) : IExperts
{
    private readonly LocalExperts _mine = new(weights, forgetful);

    public Tensor Apply(Tensor rows, Tensor counts)
    {
        using var scope = NewDisposeScope();

        // [ranks, experts]: rows that each rank has for each expert.
        var all = ranks.Collect(counts).data<long>().ToArray().Chunk((int)counts.size(0)).ToArray();
        var own = (int)counts.size(0) / ranks.Size;
        var to = Stretches.Of([.. all[ranks.Rank].Chunk(own).Select(experts => experts.Sum())]);
        long[][] mine = [.. all.Select(rank => rank[(ranks.Rank * own)..((ranks.Rank + 1) * own)])];
        var from = Stretches.Of([.. mine.Select(experts => experts.Sum())]);

        // They come rank by rank, and are wanted expert by expert.
        var order = tensor(ByExpert(mine, own));
        var here = ranks.Exchange(rows, to, from, tape).index_select(0, order);
        var load = tensor((long[])[.. Enumerable.Range(0, own).Select(expert => mine.Sum(rank => rank[expert]))]);
        var made = _mine.Apply(here, load).index_select(0, order.argsort(0));
        return ranks.Exchange(made, from, to, tape).MoveToOuterDisposeScope();
    }

    /// <param name="counts">Rows by rank, then by expert.</param>
    /// <returns>Their places rank by rank, in the order of experts.</returns>
    private static long[] ByExpert(long[][] counts, int experts)
    {
        List<long> places = [];
        for (var expert = 0; expert < experts; expert++)
        {
            var start = 0L;
            foreach (var rank in counts)
            {
                var first = start + rank.AsSpan(0, expert).ToArray().Sum();
                for (var row = 0L; row < rank[expert]; row++)
                    places.Add(first + row);

                start += rank.Sum();
            }
        }

        return [.. places];
    }
}
