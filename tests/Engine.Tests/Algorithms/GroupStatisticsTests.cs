using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class GroupStatisticsTests
{
    [Fact]
    public void Worked_example()
    {
        RolloutGroup[] groups =
        [
            Groups.Of(Groups.Response(1, 2, promptTokens: 3), Groups.Response(-1, 10, StopReason.Length, promptTokens: 3)),
            Groups.Of(Groups.Response(1, 4), Groups.Response(1, 4)),
            Groups.Of(Groups.Response(-1, 4), Groups.Response(-1, 4)),
            Groups.Of(Groups.Response(-1, 4), Groups.Response(-1, 4)),
        ];
        var algorithm = Groups.Dapo with { OverlongCacheTokens = 4, NormalizeByDeviation = false };

        // Advantages: rewards 1 and −2 give ±1.5, over 2 and 10 tokens of 36 in all.
        var expected = new Dictionary<string, double>
        {
            ["critic/score/mean"] = -2 / 8.0,
            ["critic/score/max"] = 1,
            ["critic/score/min"] = -1,
            ["critic/rewards/mean"] = -3 / 8.0,
            ["critic/rewards/max"] = 1,
            ["critic/rewards/min"] = -2,
            ["critic/advantages/mean"] = ((1.5 * 2) - (1.5 * 10)) / 36,
            ["critic/advantages/max"] = 1.5,
            ["critic/advantages/min"] = -1.5,
            ["response/no_answer_ratio"] = 5 / 8.0,
            ["response/restatement_ratio"] = 0,
            ["response/repetition_ratio"] = 0,
            ["response/language_mixing_ratio"] = 0,
            ["response_length/mean"] = 36 / 8.0,
            ["response_length/max"] = 10,
            ["response_length/min"] = 2,
            ["response_length/clip_ratio"] = 1 / 8.0,
            ["prompt_length/mean"] = 12 / 8.0,
            ["prompt_length/max"] = 3,
            ["prompt_length/min"] = 1,
            ["rollout/solve_all_ratio"] = 1 / 4.0,
            ["rollout/solve_none_ratio"] = 2 / 4.0,
        };

        var actual = GroupStatistics.Of(groups, algorithm, maxResponseTokens: 10);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys);
        Assert.All(expected, metric => Assert.Equal(metric.Value, actual[metric.Key], 1e-12));
    }

    [Fact]
    public void Nothing_sampled_is_nothing_to_say()
    {
        Assert.Empty(GroupStatistics.Of([], Groups.Dapo, maxResponseTokens: 10));
        Assert.Empty(GroupStatistics.Of([Groups.Of()], Groups.Dapo, maxResponseTokens: 10));
    }

    [Fact]
    public void Empty_responses_make_no_NaN() =>
        Assert.All(
            GroupStatistics.Of([Groups.Of(Groups.Response(-1, tokens: 0))], Groups.Dapo, maxResponseTokens: 10).Values,
            value => Assert.True(double.IsFinite(value)));
}
