using CsCheck;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Judges.Pairwise;
using SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

namespace SeedOrleans.Engine.Tests.Rewards.Judges;

public sealed class PairwiseRewardModelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worked_example()
    {
        // 0.9 where "good" stands first and 0.4 where it stands second: the judge likes whatever is first.
        using var endpoint = new FakeEndpoint((call, _) =>
        {
            var asked = call.GetProperty("messages")[1].GetProperty("content").GetString()!;
            return asked.IndexOf("good", StringComparison.Ordinal) < asked.IndexOf("bad", StringComparison.Ordinal) ? FakeReply.Believes(0.9, 0.1) : FakeReply.Believes(0.4, 0.6);
        });
        using var model = FakeJudges.At(endpoint);

        var preference = await new PairwiseRewardModel(model).CompareAsync("?", "good", "bad", Cancellation);

        Assert.Equal((0.9 + 0.6) / 2, preference.Probability(), 6);
        Assert.Equal(0.5, preference.Reward, 6);
        Assert.Equal(2, preference.Verdicts);
    }

    /// <summary>Exactly, for whatever the judge says of either order.</summary>
    [Fact]
    public void Swapping_the_responses_swaps_the_verdict() =>
        Gen.Select(Gen.Double[1e-9, 1 - 1e-9], Gen.Double[1e-9, 1 - 1e-9]).Sample((one, other) =>
        {
            using var model = LambdaModel.Believes(asked => asked.IndexOf("\nAA\n", StringComparison.Ordinal) < asked.IndexOf("\nBB\n", StringComparison.Ordinal) ? one : other);
            var judge = new PairwiseRewardModel(model);

            var ahead = judge.CompareAsync("?", "AA", "BB", CancellationToken.None).GetAwaiter().GetResult();
            var behind = judge.CompareAsync("?", "BB", "AA", CancellationToken.None).GetAwaiter().GetResult();

            Assert.Equal(ahead.Reward, -behind.Reward);
            Assert.Equal(ahead.Probability(), 1 - behind.Probability());
            Assert.Equal(1 - ahead.Probability(), behind.Probability());
            Assert.InRange(ahead.Reward, -1, 1);
        });

    [Fact]
    public async Task An_order_without_a_verdict_counts_as_undecided()
    {
        var calls = 0;
        using var model = new LambdaModel((_, _) => LambdaModel.Reply(Interlocked.Increment(ref calls) == 1 ? "YES" : "Perhaps", null));

        var preference = await new PairwiseRewardModel(model).CompareAsync("?", "a", "b", Cancellation);

        Assert.Equal((1, 0.5), (preference.Verdicts, Math.Abs(preference.Reward)));
    }

    [Theory]
    [InlineData("same", "<think>x</think>same ", 0)]
    [InlineData("<think>x</think>", "y", -1)]
    [InlineData("y", "", 1)]
    public async Task What_needs_no_judge_gets_none(string first, string second, double reward)
    {
        using var model = LambdaModel.Says("YES");

        Assert.Equal(reward, (await new PairwiseRewardModel(model).CompareAsync("?", first, second, Cancellation)).Reward);
        Assert.Equal(0, model.Calls);
    }

    [Theory]
    [InlineData(JudgeStyle.Thinking, JudgePrompt.Natural, "Verdict: YES")]
    [InlineData(JudgeStyle.Thinking, JudgePrompt.Compact, "a,b;yes")]
    [InlineData(JudgeStyle.Verifier, JudgePrompt.Compact, "yes")]
    public async Task Every_style_and_prompt_is_asked(JudgeStyle style, JudgePrompt prompt, string always)
    {
        using var model = LambdaModel.Says(always);

        var preference = await new PairwiseRewardModel(model, style, new JudgeOptions { Prompt = prompt }).CompareAsync("?", "a", "b", Cancellation);

        Assert.Equal((0, 2), (preference.Reward, preference.Verdicts)); // Whoever likes the first place best has no preference.
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(20)]
    public async Task A_tournament_ranks_and_adds_up_to_nothing(int members)
    {
        using var model = LambdaModel.Believes(asked =>
        {
            var (first, second) = Numbers(asked);
            return 1 / (1 + Math.Exp(second - first));
        });
        var responses = Enumerable.Range(0, members).Select(number => $"number {number}.").ToList();

        var rewards = await new PairwiseRewardModel(model).TournamentAsync("Which is larger?", [.. responses], seed: 3, Cancellation);

        Assert.Equal(0, rewards.Sum(), 9);
        Assert.All(rewards, reward => Assert.InRange(reward, -1, 1));
        Assert.True(rewards[0] < 0 && rewards[^1] > 0);
        if (members <= TournamentPairs.SmallGroup)
            Assert.Equal(rewards.Order(), rewards);

        Assert.Equal(rewards, await new PairwiseRewardModel(model).TournamentAsync("Which is larger?", [.. responses], seed: 3, Cancellation));
    }

    [Fact]
    public async Task A_group_of_one_has_nobody_to_beat()
    {
        using var model = LambdaModel.Says("YES");

        Assert.Equal([0.0], await new PairwiseRewardModel(model).TournamentAsync("?", ["alone"], seed: 1, Cancellation));
        Assert.Empty(await new PairwiseRewardModel(model).TournamentAsync("?", [], seed: 1, Cancellation));
    }

    [Theory]
    [InlineData(3, 2, 3)]
    [InlineData(8, 7, 28)]
    [InlineData(9, 6, 27)]
    [InlineData(64, 6, 192)]
    public void Everybody_meets_as_many(int members, int each, int games)
    {
        var pairs = TournamentPairs.Of(members, seed: 5);

        Assert.Equal(games, pairs.Length);
        Assert.Equal(games, pairs.Select(pair => (Math.Min(pair.First, pair.Second), Math.Max(pair.First, pair.Second))).Distinct().Count());
        Assert.All(Enumerable.Range(0, members), member => Assert.Equal(each, pairs.Count(pair => pair.First == member || pair.Second == member)));
    }

    private static (int First, int Second) Numbers(string asked)
    {
        var numbers = System.Text.RegularExpressions.Regex.Matches(asked, @"number (\d+)\.").Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return (numbers[0], numbers[1]);
    }
}
