using SeedOrleans.Client.Chaos;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Tests.Chaos;

public sealed class ChaosVerdictTests
{
    /// <summary>Half a second after the last sign of life.</summary>
    private static readonly DateTimeOffset At = Samples.Recovery.LostAt.AddSeconds(0.5);

    private static readonly RunSummary Before = Seen(2, []);

    private static readonly Recovery Recovery = Samples.Recovery with { Detected = TimeSpan.FromSeconds(0.75), Step = 3 };

    /// <summary>Step 3 was in flight and is committed; step 4 is the first after the recovery.</summary>
    [Fact]
    public void Worked_example()
    {
        var verdict = Judge(Seen(2, []), Seen(3, []), Seen(3, []), Seen(4, []), Seen(5, [Recovery]));

        Assert.True(verdict.IsOver);
        Assert.Equal(
            new ChaosCost(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(1.4), NextStep: TimeSpan.FromSeconds(4), Replayed: 1), verdict.Cost);
    }

    [Fact]
    public void A_recovery_without_its_next_step_is_waited_for() => Assert.False(Judge(Seen(2, []), Seen(3, [Recovery])).IsOver);

    [Fact]
    public void A_run_that_has_seen_nothing_yet_is_waited_for() => Assert.False(Judge(Seen(2, []), Seen(4, [])).IsOver);

    [Fact]
    public void A_run_that_goes_on_for_three_steps_has_not_noticed() => Assert.Equal(new ChaosVerdict(true, null), Judge(Seen(2, []), Seen(5, [])));

    [Fact]
    public void A_run_that_ends_is_not_waited_for()
    {
        Assert.Equal(new ChaosVerdict(true, null), Judge(Seen(2, []) with { Status = RunStatus.Failed }));
        Assert.Equal(new ChaosVerdict(true, null), Judge(Seen(3, [Recovery]) with { Status = RunStatus.Failed }));
    }

    [Fact]
    public void Recoveries_from_before_the_blow_do_not_count()
    {
        var looks = new[] { new ChaosLook(TimeSpan.FromSeconds(1), Seen(4, [Recovery])) };

        Assert.False(ChaosVerdict.Of("silo-2", Seen(3, [Recovery]), At, looks).IsOver);
    }

    [Fact]
    public void The_recovery_from_the_silo_that_was_struck_is_taken_before_others()
    {
        var other = Recovery with { Silo = "silo-1", Replayed = 9 };

        Assert.Equal(1, Judge(Seen(5, [other, Recovery with { Silo = "silo-7, silo-2" }])).Cost!.Replayed);
        Assert.Equal(9, Judge(Seen(5, [other])).Cost!.Replayed);
    }

    private static ChaosVerdict Judge(params RunSummary[] looks) => ChaosVerdict.Of(
        "silo-2", Before, At, [.. looks.Select((look, second) => new ChaosLook(TimeSpan.FromSeconds(second + 1), look))]);

    private static RunSummary Seen(int step, Recovery[] recoveries) =>
        Samples.Summary("first", RunStatus.Training) with { Step = step, Recoveries = [.. recoveries] };
}
