using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;
using SeedOrleans.Engine.Rewards.Mathematics;
using SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

namespace SeedOrleans.Engine.Tests.Rewards.Judges;

public sealed class SeedVerifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.6, 0.2, 0.75, Outcome.Correct)]
    [InlineData(0.1, 0.3, 0.25, Outcome.Incorrect)]
    [InlineData(0.4, 0.4, 0.5, Outcome.Abstained)]
    public async Task The_probability_is_that_of_yes_among_yes_and_no(double yes, double no, double expected, Outcome outcome)
    {
        using var endpoint = new FakeEndpoint(FakeReply.Believes(yes, no));
        using var model = FakeJudges.At(endpoint);

        var opinion = await new SeedVerifier(model).JudgeAsync("2^19?", "524288", "<think>hm</think>So \\boxed{2^{19}}.", Cancellation);

        Assert.Equal(expected, opinion.Probability!.Value, 6);
        Assert.Equal(outcome, opinion.Outcome);
        Assert.Equal("2^{19}", opinion.Extracted);
        Assert.StartsWith("judge: P(YES) = ", opinion.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pieces_and_spellings_of_a_word_count_together()
    {
        using var endpoint = new FakeEndpoint(FakeReply.BelievesTokens("Yes", (" Yes", 0.3), ("y", 0.1), ("YES", 0.2), ("No", 0.1), ("n", 0.1), ("Not", 0.1), ("Maybe", 0.1)));
        using var model = FakeJudges.At(endpoint);

        var opinion = await new SeedVerifier(model).JudgeAsync(null, "1", "1", Cancellation);

        Assert.Equal(0.6 / 0.8, opinion.Probability!.Value, 6);
    }

    [Fact]
    public async Task A_judge_that_believes_in_neither_abstains()
    {
        using var endpoint = new FakeEndpoint(FakeReply.BelievesTokens("Well", ("Well", 0.9), ("YES", 0.05)));
        using var model = FakeJudges.At(endpoint);

        var opinion = await new SeedVerifier(model).JudgeAsync(null, "1", "1", Cancellation);

        Assert.Equal((Outcome.Abstained, (double?)null), (opinion.Outcome, opinion.Probability));
    }

    [Theory]
    [InlineData("YES", Outcome.Correct)]
    [InlineData(" **Yes**.", Outcome.Correct)]
    [InlineData("no, since 1 is not 2: YES would be wrong", Outcome.Incorrect)]
    [InlineData("<think>YES</think>NO", Outcome.Incorrect)]
    [InlineData("<think>YES", Outcome.Abstained)]
    [InlineData("Not at all", Outcome.Abstained)]
    [InlineData("yesterday", Outcome.Abstained)]
    [InlineData("", Outcome.Abstained)]
    public async Task Without_log_probs_the_first_word_decides(string reply, Outcome expected)
    {
        using var endpoint = new FakeEndpoint(FakeReply.Says(reply));
        using var model = FakeJudges.At(endpoint);

        var opinion = await new SeedVerifier(model).JudgeAsync(null, "1", "1", Cancellation);

        Assert.Equal(expected, opinion.Outcome);
        Assert.Equal(reply, opinion.Text);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_log_probs_is_asked_without()
    {
        using var endpoint = new FakeEndpoint((call, number) => call.TryGetProperty("logprobs", out _)
            ? FakeReply.Status(400, """{"error":{"message":"'logprobs' is not supported","type":"t","code":"c"}}""")
            : FakeReply.Says("YES"));
        using var model = FakeJudges.At(endpoint);
        var judge = new SeedVerifier(model);

        Assert.Equal(Outcome.Correct, (await judge.JudgeAsync(null, "1", "1", Cancellation)).Outcome);
        Assert.Equal(Outcome.Correct, (await judge.JudgeAsync(null, "2", "2", Cancellation)).Outcome);
        Assert.Equal(3, endpoint.Calls.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("<think>42</think>")]
    [InlineData("<think>42")]
    public async Task A_response_without_an_answer_is_wrong_and_costs_nothing(string response)
    {
        using var model = LambdaModel.Says("YES");

        var opinion = await new SeedVerifier(model).JudgeAsync("?", "42", response, Cancellation);

        Assert.Equal(Outcome.Incorrect, opinion.Outcome);
        Assert.Equal(0, model.Calls);
    }

    [Fact]
    public async Task A_judge_of_characters_gets_reference_and_answer_and_the_head_of_its_reply()
    {
        List<ChatMessage> asked = [];
        using var model = new LambdaModel((messages, options) =>
        {
            asked.AddRange(messages);
            Assert.True(options.WantsLogProbs());
            return LambdaModel.Reply("yes", null).WithLogProbs([new TokenAlternatives([new("y", Math.Log(0.9)), new("n", Math.Log(0.1))])]);
        });

        var opinion = await new SeedVerifier(model, new JudgeOptions { Prompt = JudgePrompt.Compact }).JudgeAsync("ignored", "x=3", "<think>4</think>5+1=6;2+1", Cancellation);

        Assert.Equal([(ChatRole.User, "x:3~2+1="), (ChatRole.Assistant, ";")], asked.Select(message => (message.Role, message.Text)));
        Assert.Equal(0.9, opinion.Probability!.Value, 6);
        Assert.Equal(Outcome.Correct, opinion.Outcome);
    }

    [Fact]
    public async Task What_a_judge_cannot_read_it_abstains_from()
    {
        using var model = new LambdaModel((_, _) => throw new UnreadableForJudgeException("The judge cannot read this."));

        var opinion = await new SeedVerifier(model).JudgeAsync("?", "1", "1", Cancellation);

        Assert.Equal(Outcome.Abstained, opinion.Outcome);
        Assert.Equal("judge: The judge cannot read this.", opinion.Reason);
    }
}
