using System.Globalization;
using Microsoft.Extensions.AI;
using SeedOrleans.Engine.Rewards.Judges.Endpoints;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;

namespace SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

public sealed class EndpointJudgeTests
{
    [Fact]
    public async Task A_call_says_what_it_should()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Says("YES"));
        using var judge = FakeJudges.At(endpoint);

        var reply = await judge.AskAsync("Well?", new ChatOptions { MaxOutputTokens = 5, Temperature = 0, Seed = 7 }.WithLogProbs());

        Assert.Equal("YES", reply.Text);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
        Assert.Empty(reply.LogProbs());

        var call = Assert.Single(endpoint.Calls);
        Assert.StartsWith("POST /v1/chat/completions ", Assert.Single(endpoint.Heads), StringComparison.Ordinal);
        Assert.Equal("m", call.GetProperty("model").GetString());
        Assert.Equal("Well?", call.GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Equal("user", call.GetProperty("messages")[0].GetProperty("role").GetString());
        Assert.Equal(0, call.GetProperty("temperature").GetDouble());
        Assert.Equal(7, call.GetProperty("seed").GetInt64());
        Assert.Equal(5, call.GetProperty("max_completion_tokens").GetInt32());
        Assert.True(call.GetProperty("logprobs").GetBoolean());
        Assert.Equal(20, call.GetProperty("top_logprobs").GetInt32());
    }

    [Fact]
    public async Task Log_probs_come_along()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Believes(0.7, 0.2));
        using var judge = FakeJudges.At(endpoint);

        var place = Assert.Single((await judge.AskAsync(options: new ChatOptions().WithLogProbs())).LogProbs());

        Assert.Equal(["YES", "NO"], place.Top.Select(chance => chance.Text));
        Assert.Equal([0.7, 0.2], place.Top.Select(chance => Math.Round(Math.Exp(chance.LogProb), 6)));
    }

    public static TheoryData<string> Faults => [.. FaultyReplies.Keys];

    private static Dictionary<string, FakeReply> FaultyReplies { get; } = new()
    {
        ["500"] = FakeReply.Status(500),
        ["503 without a body"] = FakeReply.Status(503, ""),
        ["408"] = FakeReply.Status(408),
        ["429"] = FakeReply.Status(429),
        ["garbage"] = FakeReply.Garbage,
        ["no choices"] = FakeReply.NoChoices,
        ["a page of HTML"] = FakeReply.WrongType,
        ["a closed connection"] = FakeReply.Close,
        ["half a body"] = FakeReply.HalfBody,
        ["a body without end"] = FakeReply.Endless,
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_fails_on_the_endpoints_side_is_asked_again(string fault)
    {
        var time = new HastyTime();
        using var endpoint = new FakeEndpoint(FaultyReplies[fault], FaultyReplies[fault], FakeReply.Says("NO"));
        using var judge = FakeJudges.At(endpoint, time);

        Assert.Equal("NO", (await judge.AskAsync()).Text);

        Assert.Equal(3, endpoint.Calls.Count);
        Assert.InRange(time.Elapsed, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)); // It waited in between.
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_fails_with_all_retries_is_named(string fault)
    {
        using var endpoint = new FakeEndpoint(FaultyReplies[fault]);
        using var judge = FakeJudges.At(endpoint);

        var failure = await Assert.ThrowsAsync<EndpointUnavailableException>(() => judge.AskAsync());

        Assert.Equal(4, endpoint.Calls.Count);
        Assert.Contains(endpoint.Address, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After: 17", 17)]
    [InlineData("Retry-After: Thu, 01 Jan 1970 00:02:00 GMT", 120)]
    public async Task An_endpoint_that_asks_for_patience_gets_it(string header, int seconds)
    {
        var time = new HastyTime();
        using var endpoint = new FakeEndpoint(FakeReply.Status(429, headers: header), FakeReply.Says("YES"));
        using var judge = FakeJudges.At(endpoint, time);

        Assert.Equal("YES", (await judge.AskAsync()).Text);

        Assert.Equal(TimeSpan.FromSeconds(seconds), time.Elapsed);
    }

    [Fact]
    public async Task A_silent_endpoint_is_given_up()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Hang);
        using var judge = EndpointJudge.Create(FakeJudges.SpecOf(endpoint) with { DeadlineSeconds = 0.2, Retries = 0 }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<EndpointUnavailableException>(() => judge.AskAsync());

        Assert.Contains("no answer within 0.2 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_total_deadline_ends_retries_too()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Status(429, headers: "Retry-After: 80000"));
        using var judge = EndpointJudge.Create(FakeJudges.SpecOf(endpoint) with { TotalDeadlineSeconds = 0.3 }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<EndpointUnavailableException>(() => judge.AskAsync());

        Assert.Contains("0.3 s were over; before that, it answered 429", failure.Message, StringComparison.Ordinal);
        Assert.Single(endpoint.Calls);
    }

    [Fact]
    public async Task Whoever_cancels_is_told_so()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Hang);
        using var judge = FakeJudges.At(endpoint);
        using var cancellation = new CancellationTokenSource();

        var call = judge.AskAsync(cancellation: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task What_is_refused_is_not_asked_again_and_no_key_is_shown(int status)
    {
        var variable = string.Create(CultureInfo.InvariantCulture, $"SEED_TEST_KEY_{status}");
        Environment.SetEnvironmentVariable(variable, "sk-secret-0123456789");
        using var endpoint = new FakeEndpoint(FakeReply.Status(
            status, """{"error":{"message":"Incorrect key sk-secret-0123456789,\nsorry","type":"t","code":"c"}}""", "Location: http://127.0.0.1:1/elsewhere"));
        using var judge = EndpointJudge.Create(FakeJudges.SpecOf(endpoint) with { ApiKeyVariable = variable }, new HastyTime());

        var refusal = await Assert.ThrowsAsync<EndpointRefusedException>(() => judge.AskAsync());

        Assert.Equal(status, refusal.Status);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Contains("Authorization: Bearer sk-secret-0123456789\r\n", Assert.Single(endpoint.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_there_is_named() => Assert.Contains(
        "SEED_TEST_NO_SUCH_KEY is not set",
        Assert.Throws<ApiKeyMissingException>(() => EndpointJudge.Create(
            new() { Endpoint = "http://127.0.0.1:9/v1", Model = "m", ApiKeyVariable = "SEED_TEST_NO_SUCH_KEY" }, TimeProvider.System)).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task No_more_calls_are_under_way_than_may_be()
    {
        var release = new TaskCompletionSource();
        var arrived = new SemaphoreSlim(0);
        using var endpoint = new FakeEndpoint((_, _) =>
        {
            arrived.Release();
            return FakeReply.Says("YES").After(release.Task);
        });
        using var judge = EndpointJudge.Create(FakeJudges.SpecOf(endpoint) with { Parallel = 2 }, new HastyTime());

        var calls = Enumerable.Range(0, 6).Select(number => judge.AskAsync($"{number}")).ToList();
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, endpoint.Calls.Count);

        release.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal(6, endpoint.Calls.Count);
    }

    [Fact]
    public async Task A_stream_goes_through_the_same_layers()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Status(500), FakeReply.Says("YES"));
        using var judge = FakeJudges.At(endpoint);

        var text = "";
        await foreach (var update in judge.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "?")], cancellationToken: TestContext.Current.CancellationToken))
            text += update.Text;

        Assert.Equal("YES", text);
        Assert.Equal("YES", (await judge.AskAsync("?")).Text);
        Assert.Equal(2, endpoint.Calls.Count);
    }
}
