using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Causal attention within each of several sequences that lie one after another without padding.</summary>
/// <param name="places">[tokens], int64: each token's place in a [sequences, longest] grid.</param>
public sealed class PackedAttention(Tensor places, int sequences, int longest) : IAttention
{
    private readonly PaddedGrid _grid = new(places, sequences, longest);

    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        if (query.size(0) == 0)
            return query.flatten(1).MoveToOuterDisposeScope();

        // Padding stands after a sequence's last token, where no causal query looks.
        var mixed = FusedOperators.Attention(_grid.Lay(query), _grid.Lay(key), _grid.Lay(value), mask: null, causal: true);
        return _grid.Take(mixed).MoveToOuterDisposeScope();
    }
}
