using SeedOrleans.Domain.Trajectories;
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

    [Fact]
    public void Penalties_are_taken_from_the_score()
    {
        var group = Groups.Of(Groups.Response(1), Groups.Response(-1), Groups.Response(-1));
        group = group with
        {
            Responses =
            [
                group.Responses[0] with { Traits = new ResponseTraits { LanguageMixing = 1 } },
                group.Responses[1] with { Verdict = group.Responses[1].Verdict with { Extracted = "5" } },
                group.Responses[2] with { Traits = new ResponseTraits { Repetition = 0.5 } },
            ],
        };

        Assert.Equal([1, -1, -1.25], RewardShaping.Rewards(group, Groups.Dapo with { FormatPenalty = 0.25 }, maxResponseTokens: 10));
        Assert.Equal([0.5, -1, -1], RewardShaping.Rewards(group, Groups.Dapo with { LanguagePenalty = 0.5 }, maxResponseTokens: 10));
        Assert.Equal([1, -1, -1.5], RewardShaping.Rewards(group, Groups.Dapo with { RepetitionPenalty = 1 }, maxResponseTokens: 10));
    }
}
