using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards.Judges.Endpoints;

namespace SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

public sealed class SpendCapTests
{
    /// <summary>17 tokens in and 10 out: what a call can cost as far as is known beforehand.</summary>
    private const double Most = 0.000117;

    /// <summary>12 tokens in and 2 out, as the endpoint counts.</summary>
    private const double Cost = 0.000032;

    [Fact]
    public async Task Calls_stop_before_the_cap_is_passed()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Says("YES"));
        using var judge = EndpointJudge.Create(Spec(endpoint, (2 * Cost) + (0.99 * Most)), new HastyTime());

        for (var number = 0; number < 2; number++)
            await AskAsync(judge, number);
        var stop = await Assert.ThrowsAsync<SpendCapReachedException>(() => AskAsync(judge, 2));

        Assert.Equal(2, endpoint.Calls.Count);
        Assert.Equal(2 * Cost, stop.Spent, 9);
        Assert.Equal(Most, stop.Needed, 9);
        Assert.Equal("YES", (await AskAsync(judge, 1)).Text); // What is kept costs nothing.
    }

    [Fact]
    public async Task A_call_that_could_pass_the_cap_is_not_made()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Says("YES"));
        using var judge = EndpointJudge.Create(Spec(endpoint, 0.0001), new HastyTime());

        var stop = await Assert.ThrowsAsync<SpendCapReachedException>(() => AskAsync(judge, 0));

        Assert.Empty(endpoint.Calls);
        Assert.True(stop.Needed > 0.0001);
    }

    [Fact]
    public async Task Calls_at_the_same_time_do_not_pass_it_together()
    {
        var release = new TaskCompletionSource();
        using var endpoint = new FakeEndpoint((_, _) => FakeReply.SaysWithoutUsage("YES").After(release.Task));

        // Without a count of the endpoint's own, a call costs what it can need at most.
        using var judge = EndpointJudge.Create(Spec(endpoint, 5.5 * Most) with { Parallel = 100 }, new HastyTime());

        var calls = Enumerable.Range(0, 10).Select(number => AskAsync(judge, number)).ToList();
        release.SetResult();
        var failures = 0;
        foreach (var call in calls)
        {
            try
            {
                await call;
            }
            catch (SpendCapReachedException)
            {
                failures++;
            }
        }

        Assert.Equal(5, failures);
        Assert.Equal(5, endpoint.Calls.Count);
    }

    [Fact]
    public async Task What_was_refused_is_free_and_what_broke_off_is_not()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Status(500), FakeReply.Status(429), FakeReply.Close, FakeReply.HalfBody, FakeReply.Says("YES"));
        using var judge = EndpointJudge.Create(Spec(endpoint, (3 * Most) + (0.5 * Cost)) with { Retries = 10 }, new HastyTime());

        await AskAsync(judge, 0);

        Assert.Equal(5, endpoint.Calls.Count);
        var stop = await Assert.ThrowsAsync<SpendCapReachedException>(() => AskAsync(judge, 1));
        Assert.Equal((2 * Most) + Cost, stop.Spent, 9);
    }

    private static JudgeSpec Spec(FakeEndpoint endpoint, double cap) => FakeJudges.SpecOf(endpoint) with { SpendCap = cap, InputPrice = 1, OutputPrice = 10 };

    private static Task<ChatResponse> AskAsync(IChatClient judge, int number) => judge.AskAsync($"{number}", new ChatOptions { MaxOutputTokens = 10 });
}
