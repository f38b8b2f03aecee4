using Microsoft.Extensions.Time.Testing;
using SeedOrleans.Engine.Rewards.Judges.Endpoints;

namespace SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

public sealed class CircuitBreakerTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(3, Pause, _time);

    [Fact]
    public void Failures_in_a_row_open_it_and_one_probe_closes_it()
    {
        FailTimes(3);

        Assert.Equal(Pause, Assert.Throws<CircuitOpenException>(_breaker.Enter).Left);
        _time.Advance(Pause);
        _breaker.Enter();
        Assert.Throws<CircuitOpenException>(_breaker.Enter); // One at a time.
        _breaker.Succeed();

        _breaker.Enter();
        _breaker.Enter();
    }

    [Fact]
    public void A_probe_that_fails_opens_it_again()
    {
        FailTimes(3);
        _time.Advance(Pause);
        FailTimes(1);

        Assert.Equal(Pause, Assert.Throws<CircuitOpenException>(_breaker.Enter).Left);
    }

    [Fact]
    public void A_probe_that_shows_nothing_lets_another_go()
    {
        FailTimes(3);
        _time.Advance(Pause);
        _breaker.Enter();
        _breaker.Leave();

        _breaker.Enter();
    }

    [Fact]
    public void Successes_in_between_keep_it_closed()
    {
        for (var round = 0; round < 10; round++)
        {
            FailTimes(2);
            _breaker.Enter();
            _breaker.Succeed();
        }

        _breaker.Enter();
    }

    [Fact]
    public async Task An_endpoint_that_is_down_is_spared_until_it_is_up()
    {
        var isUp = false;
        var time = new HastyTime();
        using var endpoint = new FakeEndpoint((_, _) => isUp ? FakeReply.Says("YES") : FakeReply.Status(503));
        using var judge = EndpointJudge.Create(FakeJudges.SpecOf(endpoint) with { Retries = 0 }, time);

        for (var call = 0; call < 5; call++)
            await Assert.ThrowsAsync<EndpointUnavailableException>(() => judge.AskAsync());
        await Assert.ThrowsAsync<CircuitOpenException>(() => judge.AskAsync());
        Assert.Equal(5, endpoint.Calls.Count);

        isUp = true;
        await Task.Delay(Pause, time, TestContext.Current.CancellationToken); // Over at once: the clock is hasty.
        Assert.Equal("YES", (await judge.AskAsync()).Text);
    }

    private void FailTimes(int times)
    {
        for (var failure = 0; failure < times; failure++)
        {
            _breaker.Enter();
            _breaker.Fail();
        }
    }
}
