using Microsoft.Extensions.Time.Testing;
using SeedOrleans.Engine.Rewards.Judges.Endpoints;

namespace SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

public sealed class TokenBucketTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_burst_passes_and_the_rest_come_evenly()
    {
        var bucket = new TokenBucket(60, _time);
        for (var call = 0; call < 6; call++)
            Assert.True(bucket.TakeAsync(1, Cancellation).IsCompleted);

        var (seventh, eighth) = (bucket.TakeAsync(1, Cancellation), bucket.TakeAsync(1, Cancellation));
        Assert.False(seventh.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await seventh;
        Assert.False(eighth.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await eighth;
    }

    [Fact]
    public async Task Who_takes_more_than_there_ever_is_goes_first_and_all_after_wait_for_it()
    {
        var bucket = new TokenBucket(600, _time);

        Assert.True(bucket.TakeAsync(660, Cancellation).IsCompleted);
        var next = bucket.TakeAsync(1, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await next;
    }

    [Fact]
    public async Task What_is_given_back_is_there_for_the_next()
    {
        var bucket = new TokenBucket(600, _time);
        await bucket.TakeAsync(60, Cancellation);
        bucket.Give(50);

        Assert.True(bucket.TakeAsync(50, Cancellation).IsCompleted);
        Assert.False(bucket.TakeAsync(1, Cancellation).IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nothing()
    {
        var bucket = new TokenBucket(600, _time);
        await bucket.TakeAsync(60, Cancellation);
        using var impatience = new CancellationTokenSource();
        var waiting = bucket.TakeAsync(60, impatience.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var next = bucket.TakeAsync(60, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(6));
        await next;
    }

    [Fact]
    public async Task A_long_pause_saves_up_no_more_than_a_burst()
    {
        var bucket = new TokenBucket(600, _time);
        _time.Advance(TimeSpan.FromDays(1));
        await bucket.TakeAsync(60, Cancellation);

        Assert.False(bucket.TakeAsync(1, Cancellation).IsCompleted);
    }
}
