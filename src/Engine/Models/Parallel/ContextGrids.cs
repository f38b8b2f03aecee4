using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>How one context rank lays out its own tokens and all ranks', the same in all layers of a pass.</summary>
/// <remarks>Made within the caller's dispose scope, which owns its tensors.</remarks>
internal sealed class ContextGrids
{
    public ContextGrids(SequenceGrid grid, ScalarType type)
    {
        var others = grid.Others ?? throw new ArgumentException("The grid knows of no other ranks.", nameof(grid));
        Mine = new PaddedGrid(grid.Places, grid.Sequences, grid.Longest);
        Whole = new PaddedGrid(others.Places, grid.Sequences, others.Longest, isInOrder: false);
        Rows = others.Rows;

        // A mask of truth values would be turned into this one in every layer, and kept by each.
        Mask = zeros_like(others.Visible, type).masked_fill_(others.Visible.logical_not(), double.NegativeInfinity);
    }

    public PaddedGrid Mine { get; }

    public PaddedGrid Whole { get; }

    /// <summary>Tokens by rank.</summary>
    public Stretches Rows { get; }

    /// <summary>[sequences, 1, this rank's longest, longest], the queries' type: 0 where a query sees a key, −∞ elsewhere.</summary>
    public Tensor Mask { get; }
}
