using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Rollout;

/// <summary>Attention of new tokens over what their slots hold: the same number of new tokens for each slot taking part.</summary>
/// <remarks>
/// Libraries choose kernels, and with them the order of additions, by shape. So keys are taken in blocks of one fixed size, whose
/// results add up in order: a row's bits depend on its own tokens, not on how long its neighbours' contexts are. What the mask
/// hides adds exact zeros.
/// </remarks>
/// <param name="blocks">Key blocks of <see cref="KeyValueCache.BlockTokens"/> that the longest slot fills.</param>
/// <param name="rows">[slots · tokens · heads], int64: where each new token's keys and values go.</param>
/// <param name="mask">[slots · heads or 1, queries of one head, blocks · BlockTokens], the keys' type: 0 or −∞, added to the scores.</param>
/// <param name="slotHeads">[slots · heads], int64: which slots take part; null for the first ones.</param>
internal sealed class CachedAttention(
    KeyValueCache cache, int slots, int tokens, int blocks, Tensor rows, Tensor mask, Tensor? slotHeads) : IAttention
{
    private const int Block = KeyValueCache.BlockTokens;

    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();

        cache.Write(layer, rows, key, value);
        var (keys, values) = slotHeads is null
            ? cache.First(layer, slots, blocks * Block)
            : cache.Gather(layer, slotHeads, blocks * Block);

        // Query heads that share a key-value head become rows of one product: [slots · heads, group · tokens, headDim].
        var (size, group) = (query.size(2), query.size(1) / cache.Heads);
        var queries = query.view(slots, tokens, cache.Heads, group, size).permute(0, 2, 3, 1, 4)
            .reshape((long)slots * cache.Heads, group * tokens, size);

        return Mix(queries, keys, values).view(slots, cache.Heads, group, tokens, size).permute(0, 3, 1, 2, 4)
            .reshape((long)slots * tokens, -1).MoveToOuterDisposeScope();
    }

    /// <summary>Σ exp(s − max) · v / Σ exp(s − max), block by block.</summary>
    private Tensor Mix(Tensor queries, Tensor keys, Tensor values)
    {
        // TorchSharp takes the product's left side first and what is added last.
        var scale = (float)(1 / Math.Sqrt(queries.size(2)));
        var scores = new Tensor[blocks];
        for (var block = 0; block < blocks; block++)
            scores[block] = queries.baddbmm(Slice(keys, block).transpose(1, 2), mask.narrow(2, block * Block, Block), beta: 1, alpha: scale);

        var highest = scores[0].amax([-1L], keepdim: true);
        for (var block = 1; block < blocks; block++)
            highest = highest.maximum(scores[block].amax([-1L], keepdim: true));

        Tensor? mixed = null, total = null;
        for (var block = 0; block < blocks; block++)
        {
            var weights = scores[block].sub_(highest).exp_();
            (mixed, total) = (Plus(mixed, weights.bmm(Slice(values, block))), Plus(total, weights.sum([-1L], keepdim: true)));
        }

        return mixed!.div_(total!);
    }

    private static Tensor Slice(Tensor places, int block) => places.narrow(1, block * Block, Block);

    private static Tensor Plus(Tensor? sum, Tensor addend) => sum?.add_(addend) ?? addend;
}
