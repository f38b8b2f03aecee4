using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Processes.Tests;

namespace SeedOrleans.Silo.Tests.Processes;

[Trait("Category", "EndToEnd")]
public sealed class DrainTests : IAsyncLifetime
{
    private readonly FakeScheduledEvents _cloud = new();
    private readonly SiloCluster _cluster;

    public DrainTests() => _cluster = new SiloCluster("--scheduled-events", _cloud.Address, "--vm-name", "vm-7");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _cluster.StartAsync("a", "b");

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _cloud.Dispose();
    }

    [Fact]
    public async Task A_silo_that_is_told_to_end_leaves_by_itself_and_is_nobodys_death()
    {
        var leaver = await _cluster.MemberAsync("a");

        _cluster["a"].Signal(SeedProcess.Terminate);
        var ending = await _cluster["a"].EndAsync();

        Assert.Equal(0, ending.Code);
        Assert.Contains("This silo drains", ending.Error, StringComparison.Ordinal);
        var row = await _cluster.MemberAsync("a");
        Assert.Equal(SiloStatus.Dead, row.Status);
        Assert.Contains(row.SuspectTimes!, suspect => suspect.Item1.Equals(leaver.SiloAddress));
        Assert.Empty(await _cluster.Notes.FindDrainingAsync([leaver.SiloAddress], Cancellation));
        Assert.Null(await _cluster.Notes.FindCardAsync(leaver.SiloAddress, Cancellation));

        _cluster["b"].Signal(SeedProcess.Terminate);
        Assert.DoesNotContain("is dead", (await _cluster["b"].EndAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_for_this_machine_is_acknowledged_and_obeyed()
    {
        _cloud.Announce("other", "Preempt", "vm-8");
        _cloud.Announce("nothing", "Unheard", "vm-7");
        await _cloud.AskedAsync();

        _cloud.Announce("ours", "Preempt", "vm-7");

        foreach (var silo in (string[])["a", "b"])
            Assert.Equal(0, (await _cluster[silo].EndAsync()).Code);

        Assert.Equal(["ours"], _cloud.Acknowledged.Distinct());
    }

    [Fact]
    public async Task A_draining_silo_gets_no_new_actors()
    {
        await _cluster.ConnectAsync();
        var leaver = (await _cluster.MemberAsync("a")).SiloAddress;
        await _cluster.Notes.MarkDrainingAsync(leaver, Cancellation);

        var made = 0;
        async Task<bool> SomeLieThereAsync()
        {
            for (var actor = 0; actor < 12; actor++)
                if ((await MakeAsync($"tenant {made++}")).Equals(leaver))
                    return true;

            return false;
        }

        await SiloCluster.UntilAsync(async () => !await SomeLieThereAsync(), "new actors to avoid the draining silo");
        Assert.False(await SomeLieThereAsync());
    }

    [Fact]
    public async Task New_actors_find_a_place_where_all_silos_drain()
    {
        await _cluster.ConnectAsync();
        await _cluster.Notes.MarkDrainingAsync((await _cluster.MemberAsync("a")).SiloAddress, Cancellation);
        await _cluster.Notes.MarkDrainingAsync((await _cluster.MemberAsync("b")).SiloAddress, Cancellation);
        await _cluster.StartAsync("c");
        await _cluster.Notes.MarkDrainingAsync((await _cluster.MemberAsync("c")).SiloAddress, Cancellation);

        Assert.NotNull(await MakeAsync("one"));
    }

    private async Task<SiloAddress> MakeAsync(string tenant)
    {
        var actor = _cluster.Grains.GetGrain<IRunCatalogGrain>(tenant);
        await actor.TendAsync(Cancellation);
        return (await _cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(actor))!;
    }
}
