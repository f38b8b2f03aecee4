using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Engine.Planning.Memory;

/// <summary>What sampling needs of a machine beside training, in bytes.</summary>
/// <param name="Weights">The policy that is sampled with, and the same laid out for products of few rows: once a machine.</param>
/// <param name="Cache">Keys and values of all slots of one worker.</param>
public sealed record SamplingMemory(long Weights, long Cache)
{
    /// <summary>Attention takes places of the cache in blocks, and one place more is for padding.</summary>
    private const long BlockTokens = 64;

    /// <param name="promptTokens">Of the longest prompt.</param>
    public static SamplingMemory Of(ModelConfig config, RolloutSpec rollout, int promptTokens)
    {
        var size = (long)config.NumberBytes();
        var places = ((promptTokens + rollout.MaxResponseTokens + BlockTokens - 1) / BlockTokens * BlockTokens) + 1;
        return new SamplingMemory(
            2 * WeightLayout.Of(config).Count * size,
            2L * config.Layers * rollout.Slots * config.KeyValueHeads * places * config.HeadDim * size);
    }

    /// <returns>Of a machine with all of a run's workers.</returns>
    public long Of(int workers) => Weights + (workers * Cache);
}
