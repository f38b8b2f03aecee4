using System.Diagnostics;
using System.Net;
using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class TcpGroupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Placement must not change a bit, so both ways of adding up must agree in every one.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 10_007)]
    [InlineData(3, 2)]
    [InlineData(4, 700_001)]
    [InlineData(7, 1_000)]
    public async Task A_sum_over_connections_has_the_bits_of_a_sum_in_one_process(int ranks, int count)
    {
        using var inProcess = new InProcessGroup(ranks);
        var expected = await SumAsync(inProcess.Ranks, count);

        using var group = await TcpRanks.JoinAsync(ranks);
        var actual = await SumAsync(group.Ranks, count);
        var again = await SumAsync(group.Ranks, count);

        Assert.All(actual.Concat(again), sum => Assert.Equal(expected[0], sum));
    }

    [Fact]
    public async Task Every_rank_learns_within_a_second_who_died()
    {
        using var group = await TcpRanks.JoinAsync(3);
        var clock = Stopwatch.StartNew();
        var waiting = group.Ranks.Take(2).Select(rank => Task.Run(() => Sum(rank, 1000), Cancellation)).ToArray();

        group.Ranks[2].Dispose();

        foreach (var rank in waiting)
        {
            var failure = await Assert.ThrowsAsync<PeerFailedException>(() => rank);
            Assert.Equal(2, failure.Rank);
            Assert.IsType<PeerLostException>(failure.InnerException);
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_rank_that_gives_up_says_why()
    {
        using var group = await TcpRanks.JoinAsync(2);

        group.Ranks[1].Abort(new InvalidOperationException("the gradient's norm is NaN"));
        var failure = await Assert.ThrowsAsync<PeerFailedException>(() => Task.Run(() => Sum(group.Ranks[0], 10), Cancellation));

        Assert.Equal(1, failure.Rank);
        Assert.Equal("the gradient's norm is NaN", failure.InnerException!.Message);
    }

    [Fact]
    public async Task A_rank_that_never_comes_is_not_waited_for_for_ever()
    {
        using var listener = new PeerListener(IPAddress.Loopback);

        await Assert.ThrowsAsync<PeerLostException>(() => TcpGroup.JoinAsync(
            listener, "g@1", 0, [listener.EndPoint, listener.EndPoint], TimeSpan.FromMilliseconds(50), Cancellation));
    }

    [Fact]
    public async Task Members_of_different_epochs_never_meet()
    {
        using var listener = new PeerListener(IPAddress.Loopback);
        string[] endPoints = [listener.EndPoint, listener.EndPoint];
        var patience = TimeSpan.FromMilliseconds(300);

        var old = TcpGroup.JoinAsync(listener, "g@1", 1, endPoints, patience, Cancellation);
        await Assert.ThrowsAsync<PeerLostException>(() => TcpGroup.JoinAsync(listener, "g@2", 0, endPoints, patience, Cancellation));

        (await old).Dispose();
    }

    private static Task<float[][]> SumAsync(IEnumerable<ICommunicator> ranks, int count) =>
        Task.WhenAll(ranks.Select(rank => Task.Factory.StartNew(() => Sum(rank, count), Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static float[] Sum(ICommunicator rank, int count)
    {
        using var values = tensor([.. Enumerable.Range(0, count).Select(place => MathF.Sin((rank.Rank * 31) + place) * MathF.Pow(10, place % 7))]);
        rank.AllReduceSum(values, Cancellation);
        return [.. values.data<float>()];
    }

    /// <summary>A group whose members are in this process and know it not.</summary>
    private sealed class TcpRanks(PeerListener[] listeners, TcpGroup[] ranks) : IDisposable
    {
        public TcpGroup[] Ranks => ranks;

        public static async Task<TcpRanks> JoinAsync(int size)
        {
            var listeners = Enumerable.Range(0, size).Select(_ => new PeerListener(IPAddress.Loopback)).ToArray();
            string[] endPoints = [.. listeners.Select(listener => listener.EndPoint)];
            return new TcpRanks(listeners, await Task.WhenAll(Enumerable.Range(0, size).Select(rank =>
                TcpGroup.JoinAsync(listeners[rank], "g@1", rank, endPoints, TimeSpan.FromSeconds(10), Cancellation))));
        }

        public void Dispose()
        {
            foreach (var rank in ranks)
                rank.Dispose();

            foreach (var listener in listeners)
                listener.Dispose();
        }
    }
}
