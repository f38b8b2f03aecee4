using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Providers.Membership;
using SeedOrleans.Silo.Liveness;

namespace SeedOrleans.Silo.Draining;

/// <summary>How a silo leaves: it says so, runs' controllers move their work away, and it goes when nothing of theirs is left, or its time is over.</summary>
/// <remarks>Registered after Orleans, so it stops before Orleans does. Nothing depends on it but speed.</remarks>
/// <param name="most">How long it waits.</param>
internal sealed partial class Drain(
    SiloRoster roster, SiloNotes notes, DeviceSlots slots, HostedRuns runs, TimeSpan most, TimeProvider time, ILogger<Drain> logger) : IHostedService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private Task? _handingOver;

    private bool IsIdle => slots.Used == 0 && runs.Count == 0;

    private bool HasHeirs => roster.Living.Any(silo => !silo.IsDraining && !silo.Address.Equals(roster.Own));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => HandOverAsync().WaitAsync(cancellationToken);

    /// <summary>Completes when the silo may stop; never fails. Asked again, it is the same hand-over.</summary>
    public Task HandOverAsync()
    {
        lock (_gate)
            return _handingOver ??= DrainAsync();
    }

    private async Task DrainAsync()
    {
        var begun = time.GetTimestamp();
        roster.Drains();
        if (most == TimeSpan.Zero)
            return;

        LogBegun(logger);
        try
        {
            await notes.MarkDrainingAsync(roster.Own, CancellationToken.None).WaitAsync(most, time);
        }
        catch (Exception failure) // The others will see this silo go without a warning, as they would see it die.
        {
            LogUnmarked(logger, failure.Message);
        }

        while (!IsIdle && HasHeirs && time.GetElapsedTime(begun) < most)
            await Task.Delay(Look, time);

        if (IsIdle)
            LogIdle(logger, time.GetElapsedTime(begun).TotalSeconds);
        else
            LogBusy(logger, HasHeirs ? "its time is over" : "no other silo can take over", slots.Used, string.Join(", ", runs.Ids()));
    }

    [LoggerMessage(LogLevel.Information, "This silo drains: it hands its work over and leaves")]
    private static partial void LogBegun(ILogger logger);

    [LoggerMessage(LogLevel.Information, "All work was handed over after {Seconds:0.0} s")]
    private static partial void LogIdle(ILogger logger, double seconds);

    [LoggerMessage(LogLevel.Warning, "This silo leaves with work unfinished, because {Why}: {Slots} ranks and workers, controllers of runs [{Runs}]; it goes on elsewhere as after a death")]
    private static partial void LogBusy(ILogger logger, string why, int slots, string runs);

    [LoggerMessage(LogLevel.Warning, "The other silos could not be told that this one drains: {Reason}")]
    private static partial void LogUnmarked(ILogger logger, string reason);
}
