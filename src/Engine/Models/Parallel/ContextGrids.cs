using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>How one context rank lays out its own tokens and all ranks', the same in all layers of a pass.</summary>
/// <remarks>Made within the caller's dispose scope, which owns its tensors.</remarks>
internal sealed class ContextGrids
{
    private readonly ContextTokens _all;

    /// <param name="lengths">Tokens of each sequence on this rank.</param>
    /// <param name="positions">[tokens], int64: of this rank's tokens.</param>
    /// <param name="type">The queries'.</param>
    public ContextGrids(IReadOnlyList<int> lengths, Tensor positions, ContextTokens all, ScalarType type)
    {
        _all = all;
        var runs = LikeLengths.Of(all.Lengths);
        (Mine, Whole) = (new SequenceGrids(lengths, runs), new SequenceGrids(all.Lengths, runs));
        Masks =
        [
            .. runs.Zip(Mine.Lay(positions.view(-1, 1, 1)), (run, queries) =>
                queries is null ? null : MaskOf([.. all.Lengths.Skip(run.First).Take(run.Count)], queries, type)),
        ];
    }

    public SequenceGrids Mine { get; }

    public SequenceGrids Whole { get; }

    /// <summary>
    /// By grid, [sequences, 1, this rank's longest, longest], the queries' type: 0 where a query sees a key, −∞ elsewhere. Of sequences of one
    /// length the mask is that of the first alone; null where this rank has no tokens.
    /// </summary>
    public IReadOnlyList<Tensor?> Masks { get; }

    /// <summary>Brings every rank's rows to every rank, in the order of whole sequences.</summary>
    /// <param name="mine">[tokens of this rank, …].</param>
    /// <returns>[tokens of all ranks, …].</returns>
    public Tensor Gather(Tensor mine, RowExchange context)
    {
        var byRank = context.AllGather(mine, _all.Rows);
        return empty_like(byRank).index_copy_(0, _all.Places, byRank);
    }

    /// <summary>The way back of <see cref="Gather"/>.</summary>
    public Tensor Scatter(Tensor gradient, RowExchange context) =>
        context.ReduceScatter(gradient.index_select(0, _all.Places), _all.Rows);

    /// <param name="queries">[sequences, 1, this rank's longest, 1], int64: positions. Padding is as if it stood where the grid's first token does.</param>
    private static Tensor MaskOf(int[] lengths, Tensor queries, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var rows = lengths[0] == lengths[^1] ? queries.narrow(0, 0, 1) : queries;
        var hidden = arange(lengths[0]).view(1, 1, 1, lengths[0]).gt(rows);

        // A mask of truth values would be turned into this one in every layer, and kept by each.
        return zeros_like(hidden, type).masked_fill_(hidden, double.NegativeInfinity).MoveToOuterDisposeScope();
    }
}
