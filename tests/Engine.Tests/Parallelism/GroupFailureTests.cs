using CsCheck;
using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class GroupFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task All_learn_which_rank_gave_up_and_why(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);

        var endings = await group.EndingsAsync(rank =>
        {
            if (rank.Rank == 2)
                rank.Abort(new InvalidOperationException("the gradient's norm is NaN"));
            else
                Sum(rank);
        });

        Assert.All(endings[..2], end => AssertFailed<InvalidOperationException>(2, "the gradient's norm is NaN", end));
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task A_group_that_failed_stays_so(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);
        group.Ranks[2].Abort(new PeerLostException("stopped"));
        await group.EndingsAsync(Sum);

        var endings = await group.EndingsAsync(rank => rank.Barrier(Cancellation));

        Assert.All(endings, end => AssertFailed<PeerLostException>(2, "stopped", end));
    }

    /// <summary>Rank 0 waits for rank 1, which is fine and busy, when rank 2 fails.</summary>
    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Who_waits_for_another_rank_is_told_too(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);
        using var values = zeros(1000);
        var waiting = TestGroup.OnThread(() => group.Ranks[0].Broadcast(values, 1, Cancellation));

        group.Ranks[2].Abort(new PeerLostException("out of memory"));

        AssertFailed<PeerLostException>(2, "out of memory", await Assert.ThrowsAsync<PeerFailedException>(() => waiting));
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task A_cancelled_rank_is_cancelled_and_the_others_are_told(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);
        using var cancelled = new CancellationTokenSource();

        var waiting = group.EndingsAsync(rank =>
        {
            if (rank.Rank != 2)
                rank.Barrier(rank.Rank == 0 ? cancelled.Token : Cancellation);
        });
        await cancelled.CancelAsync();
        var endings = await waiting;

        Assert.IsType<OperationCanceledException>(endings[0]);
        Assert.IsType<OperationCanceledException>(Assert.IsType<PeerFailedException>(endings[1]).InnerException);
        Assert.Equal(0, ((PeerFailedException)endings[1]!).Rank);
    }

    /// <summary>Tensors are freed as soon as the call is over, so whoever still touched one would crash or read nonsense.</summary>
    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public Task Whenever_a_rank_is_cancelled_each_ends_with_the_sum_or_an_error(Wiring wiring) => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 200_000]).SampleAsync(
        async (victim, spins) =>
        {
            using var group = await TestGroup.MakeAsync(wiring, 3);
            using var cancelled = new CancellationTokenSource();

            var waiting = group.EndingsAsync(rank =>
            {
                for (var round = 0; round < 4; round++)
                {
                    using var values = full([100_000], rank.Rank + 1f);
                    rank.AllReduceSum(values, rank.Rank == victim ? cancelled.Token : Cancellation);
                    Assert.Equal(600_000, values.sum().item<float>());
                }
            });
            Thread.SpinWait(spins);
            await cancelled.CancelAsync();

            Assert.All(await waiting, end => Assert.True(end is null or OperationCanceledException or PeerFailedException, $"{end}"));
        },
        iter: 40,
        threads: 1);

    [Fact]
    public async Task A_rank_that_leaves_leaves_what_it_sent()
    {
        using var group = await TestGroup.MakeAsync(Wiring.Tcp, 2);
        using var sent = full([1000], 7f);
        using var received = zeros(1000);

        group.Ranks[1].Broadcast(sent, 1, Cancellation);
        ((TcpGroup)group.Ranks[1]).Dispose();
        group.Ranks[0].Broadcast(received, 1, Cancellation);

        Assert.True(received.Equals(sent));
        AssertFailed<PeerLostException>(1, "", Assert.Throws<PeerFailedException>(() => group.Ranks[0].Barrier(Cancellation)));
    }

    private static void Sum(ICommunicator rank)
    {
        using var values = zeros(1000);
        rank.AllReduceSum(values, Cancellation);
    }

    private static void AssertFailed<TReason>(int rank, string reason, Exception? actual)
    {
        var failure = Assert.IsType<PeerFailedException>(actual);
        Assert.Equal(rank, failure.Rank);
        Assert.IsType<TReason>(failure.InnerException);
        Assert.Contains(reason, failure.InnerException!.Message, StringComparison.Ordinal);
    }
}
