using static TorchSharp.torch;

namespace SeedOrleans.Engine.Rollout;

/// <summary>The tokens of one forward pass of the sampler: the same number for each slot, padded where a slot has fewer.</summary>
internal sealed class StepBatch(KeyValueCache cache, IReadOnlyList<int> slots, int tokens, bool contiguous)
{
    private readonly long[] _tokens = new long[slots.Count * tokens];
    private readonly long[] _positions = new long[slots.Count * tokens];
    private readonly long[] _rows = new long[slots.Count * tokens * cache.Heads];
    private int _added;
    private int _length = 1;

    /// <summary>Takes up to <paramref name="most"/> tokens that the cache does not know yet, the newest excepted when it prefills.</summary>
    public void Add(int slot, ResponseInProgress response, int most)
    {
        var last = contiguous ? response.Count : response.Count - 1;
        for (var index = 0; index < most; index++)
        {
            var position = response.Cached + index;
            var isPadding = position >= last;
            var at = (_added * tokens) + index;

            _tokens[at] = isPadding ? 0 : response.TokenAt(position);
            _positions[at] = isPadding ? 0 : position;
            for (var head = 0; head < cache.Heads; head++)
                _rows[(at * cache.Heads) + head] = cache.Row(slot, head, isPadding ? cache.Capacity : position);

            if (!isPadding)
                _length = Math.Max(_length, position + 1);
        }

        _added++;
    }

    public Tensor Tokens() => tensor(_tokens);

    public Tensor Positions() => tensor(_positions);

    /// <summary>Call after every slot was added.</summary>
    public CachedAttention Attention()
    {
        var slotHeads = contiguous ? null : cache.SlotHeads(slots);
        return new CachedAttention(cache, slots.Count, tokens, _length, tensor(_rows), Mask(), slotHeads);
    }

    /// <returns>[slots · heads, group · tokens (or 1 where tokens is 1), length]: −∞ where a key stands after its query.</returns>
    private Tensor Mask()
    {
        var hidden = arange(_length).unsqueeze(0).gt(tensor(_positions).unsqueeze(1));
        var mask = zeros([hidden.size(0), _length], cache.Type).masked_fill_(hidden, float.NegativeInfinity)
            .view(slots.Count, 1, 1, tokens, _length);

        return mask.expand(slots.Count, cache.Heads, tokens == 1 ? 1 : cache.GroupSize, tokens, _length)
            .reshape((long)slots.Count * cache.Heads, -1, _length);
    }
}
