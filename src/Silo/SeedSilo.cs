using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Streams;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Silo;

/// <summary>What makes a silo one of ours, wherever it is hosted.</summary>
public static class SeedSilo
{
    public const string ClusterId = "seed", ServiceId = "seed-orleans";

    /// <param name="dataFolder">Runs write to folders in here; an absolute path.</param>
    public static ISiloBuilder AddSeed(this ISiloBuilder silo, string dataFolder)
    {
        silo.Services.AddSingleton(new RunFolders(dataFolder));
        silo.Services.AddSingleton<PolicySnapshots>();
        silo.Services.AddSingleton<InProcessGroups>();
        silo.Services.AddSingleton<RunDataCache>();
        silo.Services.TryAddSingleton(TimeProvider.System);

        return silo.AddMemoryStreams(StreamNames.Provider, streams =>
        {
            streams.ConfigurePartitioning(2);
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agent =>
                agent.Configure(options => options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(10)));
        });
    }

    /// <summary>A cluster of this one silo, reached over loopback.</summary>
    internal static ISiloBuilder UseLoopback(this ISiloBuilder silo, SiloOptions options) =>
        silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, null, ServiceId, ClusterId)
            .Configure<SiloMessagingOptions>(messaging => messaging.CancelRequestOnTimeout = true);
}
