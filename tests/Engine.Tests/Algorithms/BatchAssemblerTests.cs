using CsCheck;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class BatchAssemblerTests
{
    private const int MaxResponseTokens = 10;

    /// <summary>Two groups of responses of 1 to 9 tokens, right, wrong, whole or truncated.</summary>
    private static readonly Gen<RolloutGroup[]> SomeGroups =
        Gen.Select(Gen.Bool, Gen.Int[1, 9], Gen.Bool)
            .Select((right, tokens, whole) =>
                Groups.Response(right ? 1 : -1, tokens, whole ? StopReason.Stop : StopReason.Length))
            .Array[1, 6].Select(responses => Groups.Of(responses)).Array[1, 4];

    [Theory]
    [InlineData(LossAggregation.TokenMean, 1.0 / 8, 1.0 / 8)]
    [InlineData(LossAggregation.SequenceMean, 1.0 / 4, 1.0 / 12)]
    [InlineData(LossAggregation.ConstantLength, 1.0 / 20, 1.0 / 20)]
    public void Worked_example(LossAggregation aggregation, double shortWeight, double longWeight)
    {
        var groups = Groups.Of(Groups.Response(1, tokens: 2), Groups.Response(-1, tokens: 6));

        var sequences = Assemble([groups], Groups.Dapo with { Aggregation = aggregation });

        Assert.Equal([shortWeight, longWeight], sequences.Select(sequence => sequence.TokenWeight));
        Assert.Equal([1, -1], sequences.Select(sequence => Math.Round(sequence.Advantage, 4)));
        Assert.Equal(groups.Responses[1].Trajectory.ResponseTokens, sequences[1].ResponseTokens);
        Assert.Equal(groups.Responses[1].Trajectory.PromptTokens, sequences[1].PromptTokens);
        Assert.Equal(groups.Responses[1].Trajectory.RolloutLogProbs, sequences[1].RolloutLogProbs);
    }

    [Fact]
    public void It_is_the_slow_loop() =>
        Gen.Select(SomeGroups, Gen.Enum<LossAggregation>(), Gen.Bool, Gen.Bool, Gen.Int[0, 6]).Sample(
            (groups, aggregation, filtering, normalize, cache) =>
            {
                var algorithm = Groups.Dapo with
                {
                    Aggregation = aggregation,
                    OverlongFiltering = filtering,
                    NormalizeByDeviation = normalize,
                    OverlongCacheTokens = cache,
                };

                var actual = Assemble(groups, algorithm);
                var expected = Slow(groups, algorithm);

                Assert.Equal(expected.Count, actual.Length);
                for (var i = 0; i < actual.Length; i++)
                {
                    Assert.Equal(expected[i].Tokens, actual[i].ResponseTokens.Length);
                    Assert.Equal(expected[i].Advantage, actual[i].Advantage, 1e-9);
                    Assert.Equal(expected[i].Weight, actual[i].TokenWeight, 1e-12);
                }
            });

    [Fact]
    public void Weights_of_a_mean_add_up_to_one() =>
        Gen.Select(SomeGroups, Gen.OneOf(LossAggregation.TokenMean, LossAggregation.SequenceMean)).Sample(
            (groups, aggregation) => Assert.Equal(
                1,
                Assemble(groups, Groups.Dapo with { Aggregation = aggregation })
                    .Sum(sequence => sequence.TokenWeight * sequence.ResponseTokens.Length),
                1e-12));

    [Fact]
    public void A_filtered_response_moves_its_siblings_advantage_but_not_the_denominator()
    {
        var group = Groups.Of(
            Groups.Response(1, tokens: 2), Groups.Response(-1, tokens: 6, StopReason.Length), Groups.Response(-1, tokens: 2));

        var sequences = Assemble(
            [group], Groups.Dapo with { OverlongFiltering = true, NormalizeByDeviation = false });

        Assert.Equal([0.25, 0.25], sequences.Select(sequence => sequence.TokenWeight));
        Assert.Equal([4 / 3.0, -2 / 3.0], sequences.Select(sequence => Math.Round(sequence.Advantage, 12)), Close);
    }

    [Theory]
    [InlineData(LossAggregation.TokenMean)]
    [InlineData(LossAggregation.SequenceMean)]
    [InlineData(LossAggregation.ConstantLength)]
    public void A_batch_of_which_nothing_is_left_is_empty(LossAggregation aggregation)
    {
        var algorithm = Groups.Dapo with { OverlongFiltering = true, Aggregation = aggregation };

        Assert.Empty(Assemble([Groups.Of(Groups.Response(1, 3, StopReason.Length), Groups.Response(-1, 0))], algorithm));
        Assert.Empty(Assemble([], algorithm));
    }

    [Fact]
    public void Tokens_without_log_probs_are_refused()
    {
        var whole = Groups.Response(1);
        var broken = whole with { Trajectory = whole.Trajectory with { RolloutLogProbs = [-1f] } };

        var refusal = Assert.Throws<ArgumentException>(() => Assemble([Groups.Of(broken)], Groups.Dapo));
        Assert.Contains("2 tokens but 1 log-probs", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Worked_solutions_weigh_the_same_by_token()
    {
        var sequences = SupervisedBatch.Assemble([([1, 2], [3]), ([4], []), ([5], [6, 7, 8])]);

        Assert.Equal([0.25, 0.25], sequences.Select(sequence => sequence.TokenWeight));
        Assert.Equal([[3], [6, 7, 8]], sequences.Select(sequence => sequence.ResponseTokens.ToArray()));
        Assert.Equal([[1, 2], [5]], sequences.Select(sequence => sequence.PromptTokens.ToArray()));
        Assert.Empty(SupervisedBatch.Assemble([]));
    }

    private static TrainingSequence[] Assemble(IReadOnlyList<RolloutGroup> groups, Algorithm algorithm) =>
        [.. BatchAssembler.Assemble(groups, algorithm, MaxResponseTokens)];

    private static bool Close(double left, double right) => Math.Abs(left - right) < 1e-9;

    private static List<(int Tokens, double Advantage, double Weight)> Slow(RolloutGroup[] groups, Algorithm algorithm)
    {
        var kept = new List<(int Tokens, double Advantage)>();
        foreach (var group in groups)
        {
            var rewards = new List<double>();
            foreach (var response in group.Responses)
            {
                var exceed = response.Trajectory.ResponseTokens.Length - (MaxResponseTokens - algorithm.OverlongCacheTokens);
                var penalty = algorithm.OverlongCacheTokens == 0 ? 0
                    : -Math.Min(1, Math.Max(0, exceed / (double)algorithm.OverlongCacheTokens));
                rewards.Add(response.Verdict.Score + penalty);
            }

            var mean = rewards.Sum() / rewards.Count;
            var deviation = Math.Sqrt(rewards.Sum(reward => (reward - mean) * (reward - mean)) / rewards.Count);
            for (var i = 0; i < rewards.Count; i++)
            {
                if (algorithm.OverlongFiltering && group.Responses[i].Trajectory.StopReason == StopReason.Length)
                    continue;

                var advantage = (rewards[i] - mean) / (algorithm.NormalizeByDeviation ? deviation + 1e-6 : 1);
                kept.Add((group.Responses[i].Trajectory.ResponseTokens.Length, advantage));
            }
        }

        double tokens = 0;
        foreach (var (length, _) in kept)
            tokens += length;

        return [.. kept.Select(response => (response.Tokens, response.Advantage, algorithm.Aggregation switch
        {
            LossAggregation.TokenMean => 1 / tokens,
            LossAggregation.SequenceMean => 1.0 / response.Tokens / kept.Count,
            _ => 1.0 / kept.Count / MaxResponseTokens,
        }))];
    }
}
