using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Causal attention within each of several sequences that lie one after another without padding.</summary>
/// <param name="lengths">Tokens of each sequence, longest first.</param>
public sealed class PackedAttention(IReadOnlyList<int> lengths) : IAttention
{
    private readonly SequenceGrids _grids = new(lengths, LikeLengths.Of(lengths));

    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        if (query.size(0) == 0)
            return query.flatten(1).MoveToOuterDisposeScope();

        // Padding stands after a sequence's last token, where no causal query looks.
        var mixed = _grids.Lay(query).Zip(_grids.Lay(key), _grids.Lay(value)).Select(grid =>
            FusedOperators.Attention(grid.First!, grid.Second!, grid.Third!, mask: null, causal: true));

        return _grids.Take(mixed).MoveToOuterDisposeScope();
    }
}
