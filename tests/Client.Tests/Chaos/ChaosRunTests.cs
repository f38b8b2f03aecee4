using SeedOrleans.Client.Chaos;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Tests.Chaos;

public sealed class ChaosRunTests : IAsyncDisposable
{
    private readonly FakeCluster _cluster = new() { Runs = { Samples.Summary("first", RunStatus.Training) with { Silos = Samples.Silos } } };

    private readonly FakeVictims _victims = new();

    private readonly HastyTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_killed_silo_is_started_again_and_its_cost_is_told()
    {
        NoticeEveryBlow();

        var blows = await StrikeAsync(new ChaosStrike(1, "silo-1", TimeSpan.FromSeconds(2), null), new ChaosStrike(2, "silo-2", TimeSpan.Zero, null));

        Assert.Equal(["kill silo-1", "revive silo-1", "kill silo-2", "revive silo-2"], _victims.Calls);
        Assert.Equal([["controller", "rank 0"], []], blows.Select(blow => blow.Hosted.ToArray()));
        Assert.All(blows, blow => Assert.Equal(1, blow.Cost!.Replayed));
        Assert.All(blows, blow => Assert.True(blow.Cost!.NextStep > TimeSpan.Zero));
    }

    [Fact]
    public async Task A_stopped_silo_goes_on_and_is_started_again_if_it_ends_itself()
    {
        NoticeEveryBlow();
        _victims.ZombiesEnd = true;

        await StrikeAsync(new ChaosStrike(1, "silo-1", TimeSpan.Zero, TimeSpan.FromSeconds(4)));

        Assert.Equal(["stop silo-1", "continue silo-1", "revive silo-1"], _victims.Calls);
    }

    [Fact]
    public async Task A_blow_that_nobody_notices_costs_nothing()
    {
        _cluster.OnLook = run => run with { Step = run.Step + 1 };

        Assert.Null(Assert.Single(await StrikeAsync(new ChaosStrike(1, "silo-3", TimeSpan.Zero, null))).Cost);
    }

    [Fact]
    public async Task No_blow_falls_before_the_first_step()
    {
        var steps = new List<int>();
        _cluster.Runs[0] = _cluster.Runs[0] with { Step = 0, Status = RunStatus.ColdStart };
        var looks = 0;
        _cluster.OnLook = run => run with { Step = ++looks < 5 ? 0 : run.Step + 1 };
        _victims.OnBlow = () => steps.Add(_cluster.Runs[0].Step);

        await StrikeAsync(new ChaosStrike(1, "silo-1", TimeSpan.Zero, null));

        Assert.Equal([2], steps);
    }

    [Fact]
    public async Task Between_blows_the_run_commits_as_many_steps_as_it_is_told()
    {
        var steps = new List<int>();
        _cluster.Runs[0] = _cluster.Runs[0] with { Step = 0 };
        _cluster.OnLook = run => run with { Step = run.Step + 1 };
        _victims.OnBlow = () => steps.Add(_cluster.Runs[0].Step);

        await foreach (var _ in Chaos(stepsBetween: 10).StrikeAsync(
                           [new ChaosStrike(1, "silo-1", TimeSpan.Zero, null), new ChaosStrike(2, "silo-1", TimeSpan.Zero, null)], Cancellation))
        {
        }

        Assert.True(steps is [>= 10, var second] && second >= steps[0] + 10, string.Join(", ", steps));
    }

    [Fact]
    public async Task A_run_that_ends_is_struck_no_more()
    {
        _victims.OnBlow = () => _cluster.Runs[0] = _cluster.Runs[0] with { Status = RunStatus.Succeeded };

        Assert.Single(await StrikeAsync(new ChaosStrike(1, "silo-1", TimeSpan.Zero, null), new ChaosStrike(2, "silo-2", TimeSpan.Zero, null)));
    }

    [Fact]
    public async Task An_interruption_leaves_no_silo_frozen()
    {
        using var interruption = new CancellationTokenSource();
        _victims.OnBlow = interruption.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Chaos().StrikeAsync([new ChaosStrike(1, "silo-1", TimeSpan.Zero, TimeSpan.FromSeconds(4))], interruption.Token))
            {
            }
        });

        Assert.Equal(["stop silo-1", "continue silo-1"], _victims.Calls);
    }

    /// <summary>Two looks after each blow the run has got over it, and committed the next step.</summary>
    private void NoticeEveryBlow()
    {
        var looks = int.MaxValue;
        _victims.OnBlow = () => looks = 2;
        _cluster.OnLook = run => looks is > 0 and < 3 && --looks == 0
            ? run with { Step = run.Step + 1, Recoveries = run.Recoveries.Add(Samples.Recovery with { Step = run.Step }) }
            : run;
    }

    private ChaosRun Chaos(int stepsBetween = 0) => new(_cluster, _victims, "first", stepsBetween, _time);

    private async Task<List<ChaosBlow>> StrikeAsync(params ChaosStrike[] plan)
    {
        List<ChaosBlow> blows = [];
        await foreach (var blow in Chaos().StrikeAsync(plan, Cancellation))
            blows.Add(blow);

        return blows;
    }
}
