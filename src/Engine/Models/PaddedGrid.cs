using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Lays packed sequences out as [sequences, longest], and takes them up again.</summary>
/// <remarks>
/// Sequences of one length are the grid as they lie. Where one is shorter than the longest some token stands once more, which nobody may look at;
/// each way is then one selection of rows, whose gradient needs the rows' numbers but not the rows. Made within the caller's dispose scope, which
/// owns its tensors.
/// </remarks>
internal sealed class PaddedGrid
{
    private readonly int _sequences, _longest;
    private readonly Tensor? _places; // [tokens], int64: each token's place in the grid; null where there is no padding
    private readonly Tensor? _tokens; // [sequences · longest], int64: the token at each place

    /// <param name="lengths">Tokens of each sequence; they lie one after another.</param>
    public PaddedGrid(IReadOnlyList<int> lengths)
    {
        (_sequences, _longest, Tokens) = (lengths.Count, lengths.Max(), lengths.Sum(length => (long)length));
        if (Tokens == (long)_sequences * _longest)
            return;

        _places = tensor((long[])[.. lengths.Index().SelectMany(each => Enumerable.Range(0, each.Item).Select(place => ((long)each.Index * _longest) + place))]);
        _tokens = zeros([(long)_sequences * _longest], ScalarType.Int64).index_copy_(0, _places, arange(Tokens, ScalarType.Int64));
    }

    public long Tokens { get; }

    /// <param name="packed">[tokens, heads, headDim], at least one token.</param>
    /// <returns>[sequences, heads, longest, headDim].</returns>
    public Tensor Lay(Tensor packed) => (_tokens is null ? packed : packed.index_select(0, _tokens))
        .view(_sequences, _longest, packed.size(1), packed.size(2)).transpose(1, 2);

    /// <param name="grid">As <see cref="Lay"/> returns it.</param>
    /// <returns>[tokens, heads · headDim].</returns>
    public Tensor Take(Tensor grid)
    {
        var rows = grid.transpose(1, 2).reshape((long)_sequences * _longest, -1);
        return _places is null ? rows : rows.index_select(0, _places);
    }
}
