using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>Attention over sequences whose tokens lie on several ranks: each keeps its queries and gathers all keys and values.</summary>
/// <remarks>Llama 3's context parallelism (arXiv:2407.21783, §3.3.2): with grouped queries keys and values are small beside what is computed with them.</remarks>
internal sealed class ContextAttention(SequenceGrid grid, RowExchange context, GradientTape tape) : IAttention
{
    private readonly ContextGrid _others = grid.Others ?? throw new ArgumentException("The grid knows of no other ranks.", nameof(grid));

    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();

        var cut = tape.Cut(
            [query, stack([key, value], 1)],
            mine => [mine[0].alias(), context.AllGather(mine[1], _others.Rows)],
            crossing => [crossing.Gradients[0], context.ReduceScatter(crossing.Gradients[1], _others.Rows)]);

        // [tokens, heads, headDim]; no query, no attention, but the others' keys have come and their gradients go all the same.
        var queries = cut[0];
        if (queries.size(0) == 0)
            return queries.flatten(1).MoveToOuterDisposeScope();

        var mixed = FusedOperators.Attention(
            Grid(queries, grid.Places, grid.Longest), Grid(cut[1].select(1, 0), _others.Places, _others.Longest),
            Grid(cut[1].select(1, 1), _others.Places, _others.Longest), _others.Visible, causal: false);

        return mixed.transpose(1, 2).reshape((long)grid.Sequences * grid.Longest, queries.size(1) * queries.size(2))
            .index_select(0, grid.Places).MoveToOuterDisposeScope();
    }

    /// <returns>[sequences, heads, longest, headDim].</returns>
    private Tensor Grid(Tensor packed, Tensor places, int longest) =>
        zeros([(long)grid.Sequences * longest, packed.size(1), packed.size(2)], packed.dtype).index_copy(0, places, packed)
            .view(grid.Sequences, longest, packed.size(1), packed.size(2)).transpose(1, 2);
}
