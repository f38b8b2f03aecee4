using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>Attention over sequences whose tokens lie on several ranks: each keeps its queries and gathers all keys and values.</summary>
/// <remarks>Llama 3's context parallelism (arXiv:2407.21783, §3.3.2): with grouped queries keys and values are small beside what is computed with them.</remarks>
internal sealed class ContextAttention(ContextGrids grids, RowExchange context, GradientTape tape) : IAttention
{
    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();

        var cut = tape.Cut(
            [query, stack([key, value], 1)],
            mine => [mine[0].alias(), grids.Gather(mine[1], context)],
            crossing => [crossing.Gradients[0], grids.Scatter(crossing.Gradients[1], context)]);

        // [tokens, heads, headDim]; no query, no attention, but the others' keys have come and their gradients go all the same.
        var queries = cut[0];
        if (queries.size(0) == 0)
            return queries.flatten(1).MoveToOuterDisposeScope();

        // Of a sequence that is too short for all ranks this one may have no token.
        var (keys, values) = (grids.Whole.Lay(cut[1].select(1, 0)), grids.Whole.Lay(cut[1].select(1, 1)));
        var mixed = grids.Mine.Lay(queries).Index().Where(grid => grid.Item.size(2) > 0).Select(grid =>
            FusedOperators.Attention(grid.Item, keys[grid.Index], values[grid.Index], grids.Masks[grid.Index], causal: false));

        return SequenceGrids.Take(mixed).MoveToOuterDisposeScope();
    }
}
