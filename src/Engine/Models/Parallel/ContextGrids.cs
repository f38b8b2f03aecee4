using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>How one context rank lays out its own tokens and all ranks', the same in all layers of a pass.</summary>
/// <remarks>Made within the caller's dispose scope, which owns its tensors.</remarks>
internal sealed class ContextGrids
{
    private readonly ContextTokens _all;

    /// <param name="mine">How this rank's tokens lie.</param>
    /// <param name="positions">[tokens], int64: of this rank's tokens.</param>
    /// <param name="type">The queries'.</param>
    public ContextGrids(IReadOnlyList<SequenceGrid> mine, Tensor positions, ContextTokens all, ScalarType type)
    {
        _all = all;
        (Mine, Whole) = (new SequenceGrids(mine), new SequenceGrids(all.Grids));
        Masks = [.. Mine.Lay(positions.view(positions.size(0), 1, 1)).Zip(all.Grids, (queries, grid) => MaskOf(queries, grid, type))];
    }

    public SequenceGrids Mine { get; }

    public SequenceGrids Whole { get; }

    /// <summary>By grid, [1, 1, this rank's length, length], the queries' type: 0 where a query sees a key, −∞ elsewhere.</summary>
    public IReadOnlyList<Tensor> Masks { get; }

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

    /// <param name="queries">[sequences, 1, this rank's length, 1], int64: positions, which are alike in sequences of one length.</param>
    private static Tensor MaskOf(Tensor queries, SequenceGrid whole, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var hidden = arange(whole.Length).view(1, 1, 1, whole.Length).gt(queries.narrow(0, 0, 1));

        // A mask of truth values would be turned into this one in every layer, and kept by each.
        return zeros_like(hidden, type).masked_fill_(hidden, double.NegativeInfinity).MoveToOuterDisposeScope();
    }
}
