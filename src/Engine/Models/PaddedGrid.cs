using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Lays packed tokens out as [sequences, longest] for attention, and takes them up again.</summary>
/// <remarks>
/// Where a sequence is shorter than the longest some token stands once more, which nobody may look at. Each way is one selection of rows, whose
/// gradient needs the rows' numbers but not the rows. Made within the caller's dispose scope, which owns its tensors.
/// </remarks>
/// <param name="places">[tokens], int64: each token's place in the grid.</param>
/// <param name="isInOrder">Tokens lie in the order of their places.</param>
internal sealed class PaddedGrid(Tensor places, int sequences, int longest, bool isInOrder = true)
{
    /// <summary>[sequences · longest], int64: the token at each place; null where these are the tokens as they lie.</summary>
    private readonly Tensor? _tokens = isInOrder && places.numel() == (long)sequences * longest
        ? null
        : zeros([(long)sequences * longest], ScalarType.Int64).index_copy_(0, places, arange(places.numel(), ScalarType.Int64));

    /// <param name="packed">[tokens, heads, headDim], at least one token.</param>
    /// <returns>[sequences, heads, longest, headDim].</returns>
    public Tensor Lay(Tensor packed) => (_tokens is null ? packed : packed.index_select(0, _tokens))
        .view(sequences, longest, packed.size(1), packed.size(2)).transpose(1, 2);

    /// <param name="grid">As <see cref="Lay"/> returns it.</param>
    /// <returns>[tokens, heads · headDim].</returns>
    public Tensor Take(Tensor grid)
    {
        var rows = grid.transpose(1, 2).reshape((long)sequences * longest, -1);
        return _tokens is null ? rows : rows.index_select(0, places);
    }
}
