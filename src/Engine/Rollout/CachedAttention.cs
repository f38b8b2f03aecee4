using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Rollout;

/// <summary>Attention of new tokens over what their slots hold: the same number of new tokens for each slot taking part.</summary>
/// <param name="rows">[slots · tokens · heads], int64: where each new token's keys and values go.</param>
/// <param name="mask">[slots · heads or 1, queries of one head, length], the keys' type: 0 or −∞, added to the scores.</param>
/// <param name="slotHeads">[slots · heads], int64: which slots take part; null for the first ones.</param>
internal sealed class CachedAttention(
    KeyValueCache cache, int slots, int tokens, int length, Tensor rows, Tensor mask, Tensor? slotHeads) : IAttention
{
    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();

        cache.Write(layer, rows, key, value);
        var (keys, values) = slotHeads is null
            ? cache.First(layer, slots, length)
            : cache.Gather(layer, slotHeads, length);

        // Query heads that share a key-value head become rows of one product: [slots · heads, group · tokens, headDim].
        var (size, group) = (query.size(2), query.size(1) / cache.Heads);
        var queries = query.view(slots, tokens, cache.Heads, group, size).permute(0, 2, 3, 1, 4)
            .reshape((long)slots * cache.Heads, group * tokens, size);

        // TorchSharp takes the product's left side first and what is added last.
        var scores = queries.baddbmm(keys.transpose(1, 2), mask, beta: 1, alpha: (float)(1 / Math.Sqrt(size)));
        return scores.softmax(-1).bmm(values)
            .view(slots, cache.Heads, group, tokens, size).permute(0, 3, 1, 2, 4)
            .reshape((long)slots * tokens, -1).MoveToOuterDisposeScope();
    }
}
