using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Silo;

/// <summary>Looks after the cluster's runs: an actor lives again when it is called, so somebody must call.</summary>
internal sealed partial class RunTender(IGrainFactory grains, TimeProvider time, ILogger<RunTender> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IRunCatalogGrain>(IRunCatalogGrain.DefaultTenant).TendAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested) // Whatever it is, the next look comes soon.
            {
                LogMissed(logger, failure.Message);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The runs could not be looked after: {Reason}")]
    private static partial void LogMissed(ILogger logger, string reason);
}
