using SeedOrleans.Client.Chaos;

namespace SeedOrleans.Client.Tests.Chaos;

public sealed class ChaosPlanTests
{
    private static readonly string[] Silos = ["silo-1", "silo-2", "silo-3"];

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    /// <summary>The numbers are those of a slow Philox written apart from ours: a seed must mean the same for ever.</summary>
    [Fact]
    public void Worked_example() => Assert.Equal(
        ["1 silo-3 2.63", "2 silo-1 0.92", "3 silo-3 3.12"],
        ChaosPlan.Create(seed: 42, kills: 3, stopShare: 0, Within, Silos)
            .Select(strike => FormattableString.Invariant($"{strike.Number} {strike.Silo} {strike.Delay.TotalSeconds:0.00}")));

    [Fact]
    public void The_same_seed_gives_the_same_blows_and_another_one_others()
    {
        Assert.Equal(ChaosPlan.Create(3, 20, 0.5, Within, Silos), ChaosPlan.Create(3, 20, 0.5, Within, Silos));
        Assert.NotEqual(ChaosPlan.Create(3, 20, 0.5, Within, Silos), ChaosPlan.Create(4, 20, 0.5, Within, Silos));
    }

    [Fact]
    public void More_blows_begin_with_fewer() =>
        Assert.Equal(ChaosPlan.Create(3, 5, 0.5, Within, Silos), ChaosPlan.Create(3, 50, 0.5, Within, Silos).Take(5));

    [Fact]
    public void Every_silo_is_struck_within_the_time_and_the_wanted_share_is_stopped()
    {
        var plan = ChaosPlan.Create(1, 2000, 0.25, Within, Silos);

        Assert.Equal(Silos, plan.Select(strike => strike.Silo).Distinct().Order());
        Assert.All(plan, strike => Assert.InRange(strike.Delay, TimeSpan.Zero, Within));
        Assert.InRange(plan.Count(strike => strike.Stopped is not null), 430, 570);
        Assert.All(plan, strike => Assert.InRange(strike.Stopped ?? TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(12)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    public void All_or_none_are_stopped(double share, int stopped) =>
        Assert.Equal(stopped, ChaosPlan.Create(1, 100, share, Within, Silos).Count(strike => strike.Stopped is not null));

    [Fact]
    public void Whether_some_are_stopped_changes_neither_victims_nor_moments() => Assert.Equal(
        ChaosPlan.Create(1, 100, 0, Within, Silos).Select(strike => (strike.Silo, strike.Delay)),
        ChaosPlan.Create(1, 100, 1, Within, Silos).Select(strike => (strike.Silo, strike.Delay)));
}
