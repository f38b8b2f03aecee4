using SeedOrleans.Silo.Draining;

namespace SeedOrleans.Silo.Tests.Draining;

public sealed class ScheduledEventTests
{
    [Theory]
    [InlineData(true, "Preempt", "vm-1")]
    [InlineData(true, "Terminate", "VM-1")]
    [InlineData(true, "Reboot", "vm-0", "vm-1")]
    [InlineData(true, "Redeploy", "vm-1")]
    [InlineData(true, "Freeze", "vm-1")]
    [InlineData(false, "Freeze", "vm-10")]
    [InlineData(false, "Preempt")]
    [InlineData(false, "Applause", "vm-1")]
    public void An_event_takes_away_the_machines_that_it_names(bool expected, string type, params string[] machines) =>
        Assert.Equal(expected, new ScheduledEvent("id", type, machines).TakesAway("vm-1"));

    [Fact]
    public void An_event_without_machines_takes_none() => Assert.False(new ScheduledEvent("id", "Preempt", null).TakesAway("vm-1"));
}
