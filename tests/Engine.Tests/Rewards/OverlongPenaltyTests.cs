using CsCheck;
using SeedOrleans.Engine.Rewards;

namespace SeedOrleans.Engine.Tests.Rewards;

public sealed class OverlongPenaltyTests
{
    /// <summary>DAPO's own numbers, §4.1: 16,384 tokens expected, 4,096 more as cache.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(16_384, 0)]
    [InlineData(17_408, -0.25)]
    [InlineData(18_432, -0.5)]
    [InlineData(20_480, -1)]
    [InlineData(20_481, -1)]
    public void Worked_example_of_the_paper(int responseTokens, double expected) =>
        Assert.Equal(expected, new OverlongPenalty(20_480, 4_096).Of(responseTokens));

    [Fact]
    public void It_never_rises_with_length_and_stays_between_minus_one_and_zero() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 200], Gen.Int[0, 300]).Sample((max, cache, length) =>
        {
            var penalty = new OverlongPenalty(max, Math.Min(cache, max));

            Assert.InRange(penalty.Of(length), -1, 0);
            Assert.True(penalty.Of(length + 1) <= penalty.Of(length));
        });

    [Fact]
    public void Without_a_cache_only_what_passes_the_limit_is_docked()
    {
        var penalty = new OverlongPenalty(10, 0);

        Assert.Equal([0, -1], [penalty.Of(10), penalty.Of(11)]);
    }
}
