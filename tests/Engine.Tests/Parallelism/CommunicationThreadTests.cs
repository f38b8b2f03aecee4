using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class CommunicationThreadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Rank 1 begins its sum only when rank 0, whose sum is under way, has met it in the groups of the device threads.</summary>
    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task A_call_goes_on_while_its_rank_makes_others(Wiring wiring)
    {
        using var ranks = await TestRanks.MakeAsync(wiring, new RankMesh(2));

        var sums = await ranks.AllAsync(rank =>
        {
            using var thread = new CommunicationThread(rank);
            using var values = full([1000], rank.Rank + 1f);
            var call = rank.Rank == 0 ? BeginSum(thread, values) : PendingCall.None;
            rank.World.Barrier(Cancellation);
            if (rank.Rank == 1)
                call = BeginSum(thread, values);

            call.Wait();
            return values.mean().item<float>();
        });

        Assert.Equal([3, 3], sums);
    }

    [Fact]
    public async Task Where_there_are_no_groups_for_it_a_call_is_made_when_it_is_begun()
    {
        using var ranks = await TestRanks.MakeAsync(Wiring.InProcess, new RankMesh(3), background: false);

        var sums = await ranks.AllAsync(rank =>
        {
            using var thread = new CommunicationThread(rank);
            using var values = full([10], rank.Rank + 1f);
            Assert.True(BeginSum(thread, values).HasEnded);
            return values.mean().item<float>();
        });

        Assert.Equal([6, 6, 6], sums);
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task What_fails_in_a_call_comes_out_of_the_wait_and_names_the_rank_to_all(Wiring wiring)
    {
        using var ranks = await TestRanks.MakeAsync(wiring, new RankMesh(3));

        var endings = await ranks.EndingsAsync(rank =>
        {
            using var thread = new CommunicationThread(rank);
            using var values = zeros(10);
            var call = rank.Rank == 2 ? thread.Begin(_ => throw new InvalidOperationException("out of memory")) : BeginSum(thread, values);
            call.Wait();
        });

        Assert.IsType<InvalidOperationException>(endings[2]);
        Assert.All(endings[..2], end => Assert.Equal(2, Assert.IsType<PeerFailedException>(end).Rank));
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Who_waits_for_a_call_is_ended_by_cancellation_and_by_who_gives_up(Wiring wiring)
    {
        using var ranks = await TestRanks.MakeAsync(wiring, new RankMesh(3));
        using var cancelled = new CancellationTokenSource();
        using var begun = new CountdownEvent(2);

        var waiting = ranks.EndingsAsync(rank =>
        {
            if (rank.Rank == 2)
                return;

            using var thread = new CommunicationThread(rank);
            using var values = zeros(10);
            var call = thread.Begin(groups => groups.World.AllReduceSum(values, rank.Rank == 0 ? cancelled.Token : Cancellation));
            begun.Signal();
            call.Wait();
        });
        begun.Wait(Cancellation);
        await cancelled.CancelAsync();
        var endings = await waiting;

        Assert.IsAssignableFrom<OperationCanceledException>(endings[0]);
        Assert.Equal(0, Assert.IsType<PeerFailedException>(endings[1]).Rank);
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task A_rank_that_gives_up_gives_up_what_is_under_way(Wiring wiring)
    {
        using var ranks = await TestRanks.MakeAsync(wiring, new RankMesh(2));

        var endings = await ranks.EndingsAsync(rank =>
        {
            if (rank.Rank == 1)
            {
                rank.Abort(new InvalidOperationException("the loss is NaN"));
                return;
            }

            using var thread = new CommunicationThread(rank);
            using var values = zeros(10);
            BeginSum(thread, values).Wait();
        });

        Assert.Equal(1, Assert.IsType<PeerFailedException>(endings[0]).Rank);
    }

    /// <summary>And its tensors are its own again; whoever computed with it learns who left.</summary>
    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Who_leaves_a_call_under_way_waits_for_nobody(Wiring wiring)
    {
        using var ranks = await TestRanks.MakeAsync(wiring, new RankMesh(2));

        await TestGroup.OnThread(() =>
        {
            using var values = zeros(10);
            using var thread = new CommunicationThread(ranks[0]);
            BeginSum(thread, values);
        });
        var other = await TestGroup.OnThread(() => Record.Exception(() =>
        {
            using var values = zeros(10);
            using var thread = new CommunicationThread(ranks[1]);
            BeginSum(thread, values).Wait();
        }));

        Assert.Equal(0, Assert.IsType<PeerFailedException>(other).Rank);
    }

    private static PendingCall BeginSum(CommunicationThread thread, Tensor values) =>
        thread.Begin(groups => groups.World.AllReduceSum(values, Cancellation));
}
