using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Planning.Memory;
using SeedOrleans.Engine.Rollout;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Tests.Models;
using SeedOrleans.Engine.Tests.Parallelism;

namespace SeedOrleans.Engine.Tests.Planning;

public sealed class SamplingMemoryTests
{
    private static readonly RolloutSpec Rollout = new() { Slots = 5, MaxResponseTokens = 100 };

    /// <summary>Against the cache that a worker makes.</summary>
    [Theory]
    [InlineData(27)]
    [InlineData(28)]
    [InlineData(29)]
    public Task Keys_and_values_are_counted_to_the_byte(int promptTokens) => TestGroup.OnThread(() =>
    {
        using var meter = MemoryMeter.OnThisThread();
        using var cache = new KeyValueCache(TinyModels.Moe, Rollout.Slots, promptTokens + Rollout.MaxResponseTokens);

        Assert.Equal(meter.Bytes, SamplingMemory.Of(TinyModels.Moe, Rollout, promptTokens).Cache);
    });

    [Fact]
    public void A_machine_has_the_policy_once_and_a_cache_for_each_worker()
    {
        var memory = SamplingMemory.Of(TinyModels.Dense, Rollout, 28);

        Assert.Equal(2 * 4 * WeightLayout.Of(TinyModels.Dense).Count, memory.Weights);
        Assert.Equal(memory.Weights + (3 * memory.Cache), memory.Of(workers: 3));
    }
}
