using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Tests.Runs;

public sealed class RunAlertsTests
{
    private static readonly ImmutableDictionary<string, double> Babble = ImmutableDictionary<string, double>.Empty.Add("response/repetition_ratio", 0.9);

    [Fact]
    public void A_sign_stands_in_the_step_that_shows_it_and_is_told_once()
    {
        var alerts = new RunAlerts();

        Assert.Single(Tell(alerts, 1).Alerts);
        Assert.Empty(Tell(alerts, 2).Alerts);
        Assert.StartsWith("step 1: 90 %", Assert.Single(alerts.Told), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_takes_the_run_over_goes_on_with_the_same_story()
    {
        var before = new RunAlerts();
        RunEvent[] told = [Tell(before, 1), Tell(before, 2)];

        var after = new RunAlerts();
        foreach (var happened in told)
        {
            after.Keep(happened);
            after.Observe(happened.Kind, happened.Step, happened.Metrics);
        }

        Assert.Equal(before.Told, after.Told);
        Assert.Empty(Tell(after, 3).Alerts);
    }

    private static RunEvent Tell(RunAlerts alerts, int step)
    {
        var happened = new RunEvent
        {
            Number = step,
            At = default,
            Kind = RunEventKind.TrainingStep,
            Step = step,
            Metrics = Babble,
            Alerts = alerts.Observe(RunEventKind.TrainingStep, step, Babble),
        };
        alerts.Keep(happened);
        return happened;
    }
}
