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

    /// <summary>Takes the next tokens that the cache does not know yet; a prompt's last one and the response's are left to the decode step.</summary>
    public void Add(int slot, ResponseInProgress response)
    {
        var last = contiguous ? response.Count : response.PromptCount - 1;
        for (var index = 0; index < tokens; index++)
        {
            var position = response.Cached + index;
            var isPadding = position >= last;
            var at = (_added * tokens) + index;

            _tokens[at] = isPadding ? 0 : response.TokenAt(position);
            _positions[at] = isPadding ? 0 : position;
            for (var head = 0; head < cache.Heads; head++)
                _rows[(at * cache.Heads) + head] = cache.Row(slot, head, isPadding ? cache.Scratch : position);

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
        var blocks = KeyValueCache.BlocksOf(_length);
        return new CachedAttention(
            cache, slots.Count, tokens, blocks, tensor(_rows), Mask(blocks * KeyValueCache.BlockTokens), slotHeads);
    }

    /// <returns>[slots · heads, group · tokens (or 1 where tokens is 1), length]: −∞ where a key stands after its query.</returns>
    private Tensor Mask(int length)
    {
        var hidden = arange(length).unsqueeze(0).gt(tensor(_positions).unsqueeze(1));
        var mask = zeros([hidden.size(0), length], cache.Type).masked_fill_(hidden, float.NegativeInfinity)
            .view(slots.Count, 1, 1, tokens, length);

        return mask.expand(slots.Count, cache.Heads, tokens == 1 ? 1 : cache.GroupSize, tokens, length)
            .reshape((long)slots.Count * cache.Heads, -1, length);
    }
}
