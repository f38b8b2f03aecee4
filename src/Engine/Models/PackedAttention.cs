using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Causal attention within each of several sequences that lie one after another without padding.</summary>
/// <param name="places">[tokens], int64: each token's place in a [sequences, longest] grid.</param>
public sealed class PackedAttention(Tensor places, int sequences, int longest) : IAttention
{
    private readonly bool _isFull = places.numel() == (long)sequences * longest;

    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        if (query.size(0) == 0)
            return query.flatten(1).MoveToOuterDisposeScope();

        // Padding stands after a sequence's last token, where no causal query looks.
        var mixed = FusedOperators.Attention(Grid(query), Grid(key), Grid(value), mask: null, causal: true)
            .transpose(1, 2).reshape((long)sequences * longest, -1);

        return (_isFull ? mixed : mixed.index_select(0, places)).MoveToOuterDisposeScope();
    }

    /// <returns>[sequences, heads, longest, headDim].</returns>
    private Tensor Grid(Tensor packed)
    {
        var grid = _isFull
            ? packed
            : zeros([(long)sequences * longest, packed.size(1), packed.size(2)], packed.dtype).index_copy(0, places, packed);

        return grid.view(sequences, longest, packed.size(1), packed.size(2)).transpose(1, 2);
    }
}
