using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SeedOrleans.Silo.Draining;

/// <summary>Leaves before the cloud takes the machine away: hands over, acknowledges, stops.</summary>
internal sealed partial class ScheduledEventsWatch(
    ScheduledEvents events, string machine, Drain drain, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ScheduledEventsWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), AcknowledgePatience = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isDeaf = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if ((await events.ReadAsync(stoppingToken)).FirstOrDefault(coming => coming.TakesAway(machine)) is { } notice)
                {
                    await LeaveAsync(notice);
                    return;
                }

                isDeaf = false;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested && failure is HttpRequestException or JsonException or OperationCanceledException)
            {
                if (!isDeaf)
                    LogDeaf(logger, failure.Message);

                isDeaf = true;
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LeaveAsync(ScheduledEvent notice)
    {
        LogNotice(logger, notice.EventType, notice.EventId);
        await drain.HandOverAsync();
        try
        {
            using var patience = new CancellationTokenSource(AcknowledgePatience, time);
            await events.AcknowledgeAsync(notice.EventId, patience.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            LogUnacknowledged(logger, notice.EventId, failure.Message);
        }

        lifetime.StopApplication();
    }

    [LoggerMessage(LogLevel.Warning, "This machine is about to be taken away: {EventType}, event {EventId}")]
    private static partial void LogNotice(ILogger logger, string eventType, string eventId);

    [LoggerMessage(LogLevel.Warning, "Event {EventId} could not be acknowledged, so it comes at its own time: {Reason}")]
    private static partial void LogUnacknowledged(ILogger logger, string eventId, string reason);

    [LoggerMessage(LogLevel.Warning, "Nobody answers about scheduled events; asked again every second: {Reason}")]
    private static partial void LogDeaf(ILogger logger, string reason);
}
