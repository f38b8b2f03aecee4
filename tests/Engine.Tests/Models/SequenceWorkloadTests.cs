using SeedOrleans.Engine.Models;

namespace SeedOrleans.Engine.Tests.Models;

public sealed class SequenceWorkloadTests
{
    /// <summary>Twelve times the hidden size squared a layer is what 6·h·s stands for.</summary>
    [Fact]
    public void A_layer_of_twelve_squares_gives_the_formula()
    {
        // 4·h² of attention with as many key heads as query heads, and 8·h² of a gated MLP.
        var config = TinyModels.Dense with { HiddenSize = 96, AttentionHeads = 6, KeyValueHeads = 6, HeadDim = 16, IntermediateSize = 256 };

        Assert.Equal((6.0 * 96 * 50) + (50 * 50), new SequenceWorkload(config).Of(50));
    }

    [Fact]
    public void A_token_counts_with_the_experts_that_it_meets()
    {
        var dense = TinyModels.Dense with { HiddenSize = 16, AttentionHeads = 2, KeyValueHeads = 1, HeadDim = 8, IntermediateSize = 64 };
        var sparse = dense with { Experts = 8, ExpertsPerToken = 2, MoeIntermediateSize = 32 };

        // Two experts of half the width, and the router: 16·8 elements, over 2·16.
        Assert.Equal(new SequenceWorkload(dense).Of(10) + (16 * 8 / 32.0 * 10), new SequenceWorkload(sparse).Of(10));
    }
}
