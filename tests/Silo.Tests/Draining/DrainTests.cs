using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Tests;
using SeedOrleans.Providers.Membership;
using SeedOrleans.Silo.Draining;
using SeedOrleans.Silo.Liveness;

namespace SeedOrleans.Silo.Tests.Draining;

public sealed class DrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeMembership _members = new("a", "b");
    private readonly FakeTimeProvider _time = new();
    private readonly DeviceSlots _slots = new(4);
    private readonly HostedRuns _runs = new();
    private readonly SiloNotes _notes;
    private readonly SiloRoster _roster;
    private readonly DateTimeOffset _begun;

    public DrainTests()
    {
        _notes = new SiloNotes(new LocalFolderStore(_folder.Path), "seed");
        _roster = new SiloRoster(_members, _members, _slots);
        _begun = _time.GetUtcNow();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_silo_with_nothing_to_do_says_that_it_drains_and_may_go()
    {
        await Drain(TimeSpan.FromHours(1)).HandOverAsync();

        Assert.True(_roster.Living.Single(silo => silo.Name == "a").IsDraining);
        Assert.False(_roster.Living.Single(silo => silo.Name == "b").IsDraining);
        Assert.Equal([_members.SiloAddress], await _notes.FindDrainingAsync(_members.CurrentSnapshot.Members.Keys, Cancellation));
    }

    [Fact]
    public async Task It_stays_until_its_last_rank_and_controller_are_gone()
    {
        var drain = Drain(TimeSpan.FromHours(1));
        var rank = _slots.Take();
        var controller = _runs.Enter("run");
        var handingOver = drain.HandOverAsync();
        await DriveAsync(_time.GetUtcNow() + TimeSpan.FromSeconds(5));
        rank.Dispose();
        await DriveAsync(_time.GetUtcNow() + TimeSpan.FromSeconds(5));
        Assert.False(handingOver.IsCompleted);

        controller.Dispose();
        await DriveAsync(handingOver);

        Assert.InRange(_time.GetUtcNow() - _begun, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(59));
    }

    [Fact]
    public async Task It_goes_when_its_time_is_over()
    {
        _slots.Take();

        await DriveAsync(Drain(TimeSpan.FromSeconds(15)).HandOverAsync());

        Assert.InRange(_time.GetUtcNow() - _begun, TimeSpan.FromSeconds(15), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task It_waits_for_nobody_where_no_silo_can_take_over()
    {
        _runs.Enter("run");
        _roster.Drain([FakeMembership.AddressOf(1)]);

        await Drain(TimeSpan.FromHours(1)).HandOverAsync();

        Assert.Equal(_begun, _time.GetUtcNow());
    }

    [Fact]
    public void Asked_twice_it_hands_over_once()
    {
        _runs.Enter("run");
        var drain = Drain(TimeSpan.FromHours(1));

        Assert.Same(drain.HandOverAsync(), drain.HandOverAsync());
    }

    private Drain Drain(TimeSpan most) => new(_roster, _notes, _slots, _runs, most, _time, NullLogger<Drain>.Instance);

    private async Task DriveAsync(Task until)
    {
        while (!until.IsCompleted)
            await StepAsync();

        await until;
    }

    private async Task DriveAsync(DateTimeOffset until)
    {
        while (_time.GetUtcNow() < until)
            await StepAsync();
    }

    private async Task StepAsync()
    {
        _time.Advance(TimeSpan.FromMilliseconds(50));
        await Task.Yield();
    }
}
