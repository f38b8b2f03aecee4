using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class RewardShapingTests
{
    private static readonly Algorithm Penalized = Groups.Dapo with { OverlongCacheTokens = 4 };

    [Fact]
    public void Worked_example() =>
        Assert.Equal(
            [1, 0.5, -2, -2],
            RewardShaping.Rewards(
                Groups.Of(
                    Groups.Response(1, tokens: 6), Groups.Response(1, tokens: 8),
                    Groups.Response(-1, tokens: 10), Groups.Response(-1, tokens: 11)),
                Penalized,
                maxResponseTokens: 10));

    [Fact]
    public void Without_a_cache_the_score_is_the_reward() =>
        Assert.Equal([1], RewardShaping.Rewards(Groups.Of(Groups.Response(1, tokens: 99)), Groups.Dapo, maxResponseTokens: 10));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_score_that_is_no_number_is_refused(double score)
    {
        var refusal = Assert.Throws<ArgumentException>(
            () => RewardShaping.Rewards(Groups.OfScores(1, score), Groups.Dapo, maxResponseTokens: 10));

        Assert.Contains("prompt 'p'", refusal.Message, StringComparison.Ordinal);
    }
}
