using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Causal attention within each of several sequences that lie one after another without padding.</summary>
/// <param name="grids">In the order in which they lie.</param>
public sealed class PackedAttention(IReadOnlyList<SequenceGrid> grids) : IAttention
{
    private readonly SequenceGrids _grids = new(grids);

    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        if (query.size(0) == 0)
            return query.flatten(1).MoveToOuterDisposeScope();

        var mixed = _grids.Lay(query).Zip(_grids.Lay(key), _grids.Lay(value)).Select(grid =>
            FusedOperators.Attention(grid.First, grid.Second, grid.Third, mask: null, causal: true));

        return SequenceGrids.Take(mixed).MoveToOuterDisposeScope();
    }
}
