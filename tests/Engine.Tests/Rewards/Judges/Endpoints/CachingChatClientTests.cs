using Microsoft.Extensions.AI;
using SeedOrleans.Engine.Rewards.Judges.Endpoints;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;

namespace SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

public sealed class CachingChatClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("judge-cache").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Equal_calls_reach_the_endpoint_once()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Believes(0.75, 0.25));
        using var judge = FakeJudges.At(endpoint);

        var first = await judge.AskAsync("?", new ChatOptions().WithLogProbs());
        var second = await judge.AskAsync("?", new ChatOptions().WithLogProbs());

        Assert.Single(endpoint.Calls);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.FinishReason, second.FinishReason);
        Assert.Equal(Assert.Single(first.LogProbs()).Top, Assert.Single(second.LogProbs()).Top);
    }

    [Fact]
    public async Task Whatever_decides_a_reply_makes_another_call()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Says("YES"));
        using var judge = FakeJudges.At(endpoint);
        ChatOptions[] options = [new(), new() { Seed = 1 }, new() { Temperature = 1 }, new() { MaxOutputTokens = 1 }, new() { TopP = 0.5f }, new ChatOptions().WithLogProbs()];

        foreach (var option in options)
            await judge.AskAsync("?", option);
        await judge.AskAsync("??");
        await judge.GetResponseAsync([new(ChatRole.System, "?")], cancellationToken: TestContext.Current.CancellationToken);
        await judge.GetResponseAsync([new(ChatRole.User, "?"), new(ChatRole.User, "")], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(options.Length + 3, endpoint.Calls.Count);
    }

    [Fact]
    public async Task Equal_calls_at_the_same_time_are_one()
    {
        var release = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        using var endpoint = new FakeEndpoint((_, _) =>
        {
            arrived.TrySetResult();
            return FakeReply.Says("YES").After(release.Task);
        });
        using var judge = FakeJudges.At(endpoint);
        using var impatience = new CancellationTokenSource();

        var calls = Enumerable.Range(0, 10).Select(_ => judge.AskAsync()).ToList();
        var impatient = judge.AskAsync(cancellation: impatience.Token);
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        // Who goes takes nothing from those who stay.
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        release.SetResult();

        Assert.All(await Task.WhenAll(calls), reply => Assert.Equal("YES", reply.Text));
        Assert.Single(endpoint.Calls);
    }

    [Fact]
    public async Task A_call_that_everybody_left_can_be_made_again()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Hang, FakeReply.Says("YES"));
        using var judge = FakeJudges.At(endpoint);
        using var impatience = new CancellationTokenSource();

        var call = judge.AskAsync(cancellation: impatience.Token);
        while (endpoint.Calls.Count == 0)
            await Task.Yield();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal("YES", (await judge.AskAsync()).Text);
    }

    [Fact]
    public async Task Failures_are_not_kept()
    {
        using var endpoint = new FakeEndpoint((_, number) => number < 4 ? FakeReply.Garbage : number == 4 ? FakeReply.Says("") : FakeReply.Says("YES"));
        using var judge = EndpointJudge.Create(FakeJudges.SpecOf(endpoint) with { Cache = _folder }, new HastyTime());

        await Assert.ThrowsAsync<EndpointUnavailableException>(() => judge.AskAsync());
        Assert.Equal("", (await judge.AskAsync()).Text);
        Assert.Equal("YES", (await judge.AskAsync()).Text);
        Assert.Equal(6, endpoint.Calls.Count);
    }

    [Fact]
    public async Task A_folder_outlives_the_process()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Believes(0.9, 0.1));
        var spec = FakeJudges.SpecOf(endpoint) with { Cache = _folder };
        using (var first = EndpointJudge.Create(spec, new HastyTime()))
            await first.AskAsync();

        using (var second = EndpointJudge.Create(spec, new HastyTime()))
            Assert.Equal(2, Assert.Single((await second.AskAsync()).LogProbs()).Top.Length);
        Assert.Single(endpoint.Calls);

        using (var other = EndpointJudge.Create(spec with { Model = "another" }, new HastyTime()))
            await other.AskAsync();
        Assert.Equal(2, endpoint.Calls.Count);
        Assert.All(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), file => Assert.EndsWith(".json", file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Text\":")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task A_damaged_file_is_a_reply_that_was_not_kept(string content)
    {
        using var endpoint = new FakeEndpoint(FakeReply.Says("NO"));
        var spec = FakeJudges.SpecOf(endpoint) with { Cache = _folder };
        using (var first = EndpointJudge.Create(spec, new HastyTime()))
            await first.AskAsync();
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)), content, TestContext.Current.CancellationToken);

        using var second = EndpointJudge.Create(spec, new HastyTime());

        Assert.Equal("NO", (await second.AskAsync()).Text);
        Assert.Equal(2, endpoint.Calls.Count);
    }

    [Fact]
    public void Memory_is_bounded()
    {
        var store = new ReplyStore(folder: null, mostInMemory: 3);
        for (var number = 0; number < 10; number++)
            store.Keep($"{number}", new KeptReply("YES", null, []));

        Assert.Equal([7, 8, 9], Enumerable.Range(0, 10).Where(number => store.Find($"{number}") is not null));
    }
}
