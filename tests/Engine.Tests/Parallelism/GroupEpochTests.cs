using System.Net;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class GroupEpochTests : IDisposable
{
    private static readonly GroupName Old = new("run", 1), New = new("run", 2);

    private readonly GroupEpochs _epochs = new();
    private readonly PeerListener _here, _there = new(IPAddress.Loopback, new GroupEpochs());

    public GroupEpochTests() => _here = new PeerListener(IPAddress.Loopback, _epochs);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public async Task A_new_epoch_ends_what_waits_in_one_process()
    {
        var groups = new InProcessGroups(_epochs);
        var waiting = TestGroup.OnThread(() => groups.Join(Old, 0, 2).Barrier(Cancellation));

        groups.Join(New, 0, 2);

        AssertMovedOn(await Assert.ThrowsAsync<PeerLostException>(() => waiting));
        AssertMovedOn(Assert.Throws<PeerLostException>(() => groups.Join(Old, 1, 2)));
    }

    /// <summary>In the other process, too, which has not heard of the new epoch yet.</summary>
    [Fact]
    public async Task A_new_epoch_ends_what_waits_for_connections()
    {
        string[] endPoints = [_here.EndPoint, _there.EndPoint, _there.EndPoint];
        ICommunicator[] ranks = await Task.WhenAll(Enumerable.Range(0, 3).Select(rank =>
            TcpGroup.JoinAsync(rank == 0 ? _here : _there, Old, rank, endPoints, TestGroup.Patience, Cancellation)));
        var waiting = ranks.Take(2).Select(rank => TestGroup.OnThread(() => rank.Barrier(Cancellation))).ToArray();

        _epochs.Enter(New);

        foreach (var rank in waiting)
            AssertMovedOn(await Assert.ThrowsAsync<PeerLostException>(() => rank));
    }

    [Fact]
    public async Task A_new_epoch_ends_the_wait_for_ranks_to_come()
    {
        var joining = TcpGroup.JoinAsync(_here, Old, 0, [_here.EndPoint, _there.EndPoint], TestGroup.Patience, Cancellation);

        _epochs.Enter(New);

        AssertMovedOn(await Assert.ThrowsAsync<PeerLostException>(() => joining));
    }

    [Fact]
    public async Task Other_groups_and_later_epochs_go_on()
    {
        var groups = new InProcessGroups(_epochs);
        var other = new GroupName("other", 1);
        var waiting = new[] { New, other }.Select(name => TestGroup.OnThread(() => groups.Join(name, 0, 2).Barrier(Cancellation))).ToArray();

        _epochs.Enter(New);
        foreach (var name in new[] { New, other })
            groups.Join(name, 1, 2).Barrier(Cancellation);

        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_rank_that_comes_late_to_an_old_epoch_is_refused()
    {
        _epochs.Enter(New);

        AssertRefused(await Assert.ThrowsAsync<PeerLostException>(() => JoinFromThereAsync(Old)));
    }

    [Fact]
    public async Task A_rank_that_came_early_is_refused_when_its_epoch_is_over()
    {
        var joining = JoinFromThereAsync(Old);

        _epochs.Enter(New);

        AssertRefused(await Assert.ThrowsAsync<PeerLostException>(() => joining));
    }

    [Fact]
    public async Task A_rank_that_comes_early_to_a_new_epoch_is_waited_for()
    {
        _epochs.Enter(Old);
        var joining = JoinFromThereAsync(New);

        using var here = await TcpGroup.JoinAsync(_here, New, 0, [_here.EndPoint, _there.EndPoint], TestGroup.Patience, Cancellation);
        using var there = await joining;

        Assert.Equal((0, 1), (here.Rank, there.Rank));
    }

    private Task<TcpGroup> JoinFromThereAsync(GroupName name) =>
        TcpGroup.JoinAsync(_there, name, 1, [_here.EndPoint, _there.EndPoint], TestGroup.Patience, Cancellation);

    private static void AssertMovedOn(PeerLostException failure) =>
        Assert.Contains("run has moved on to epoch 2", failure.Message, StringComparison.Ordinal);

    private static void AssertRefused(PeerLostException failure) => Assert.Contains("serves a newer epoch", failure.Message, StringComparison.Ordinal);
}
