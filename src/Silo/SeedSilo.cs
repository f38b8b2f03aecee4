using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Storage;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Policies;
using SeedOrleans.Grains.Rewards;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Grains.Runs;
using SeedOrleans.Providers;
using SeedOrleans.Providers.Membership;
using SeedOrleans.Silo.Draining;
using SeedOrleans.Silo.Liveness;
using SeedOptions = SeedOrleans.Silo.Options.SiloOptions;

namespace SeedOrleans.Silo;

/// <summary>What makes a silo one of ours, wherever it is hosted.</summary>
public static class SeedSilo
{
    public const string ClusterId = "seed", ServiceId = "seed-orleans";

    /// <summary>A silo on loopback that waits for nobody when it is told to end.</summary>
    /// <param name="dataFolder">Runs write metrics and final policies to folders in here; an absolute path.</param>
    /// <param name="store">Where everything durable lies.</param>
    public static ISiloBuilder AddSeed(this ISiloBuilder silo, string dataFolder, IBlobStore store) =>
        silo.AddSeed(new SeedOptions { DataFolder = dataFolder, DrainTime = TimeSpan.Zero }, store);

    internal static ISiloBuilder AddSeed(this ISiloBuilder silo, SeedOptions options, IBlobStore store)
    {
        silo.Services.CarryOurExceptions();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton(new RunFolders(options.DataFolder));
        silo.Services.AddSingleton<PolicySnapshots>();
        silo.Services.AddSingleton<PolicyStore>();
        silo.Services.AddSingleton(new DeviceSlots(options.DeviceSlots));
        silo.Services.AddSingleton<GroupEpochs>();
        silo.Services.AddSingleton<InProcessGroups>();
        silo.Services.AddSingleton(services => new PeerListener(
            options.Addresses.Listen, services.GetRequiredService<GroupEpochs>(), options.Addresses.Advertised, tls: options.PeerTls));
        silo.Services.AddSingleton<SiloVerifiers>();
        silo.Services.AddSingleton<RunStore>();
        silo.Services.AddSingleton<RolloutJournal>();
        silo.Services.AddSingleton<RunDataCache>();
        silo.Services.AddSingleton<IScoredLog, ScoredLog>();

        return silo
            .AddSeedPlacement()
            .AddLiveness(options)
            .AddDraining(options)
            .AddGrainStorage(options, store)
            .AddLogStreams(StreamNames.Provider);
    }

    private static ISiloBuilder AddLiveness(this ISiloBuilder silo, SeedOptions options)
    {
        silo.Services.AddSingleton<SiloRoster>();
        silo.Services.AddSingleton<ISiloRoster>(services => services.GetRequiredService<SiloRoster>());
        silo.Services.AddSingleton(services => new SiloNotes(
            services.GetRequiredService<IBlobStore>(), services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId));
        silo.Services.AddSingleton(services => new LineListener(
            options.Addresses.Listen, options.Addresses.Advertised, services.GetRequiredService<TimeProvider>()));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloIntroduction>();
        silo.Services.AddSingleton<SiloLines>();
        silo.Services.AddHostedService(services => services.GetRequiredService<SiloLines>());
        silo.Services.AddHostedService<RosterWatch>();
        return silo;
    }

    private static ISiloBuilder AddDraining(this ISiloBuilder silo, SeedOptions options)
    {
        silo.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<Drain>(services, options.DrainTime));
        silo.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        if (options.ScheduledEvents is { } endPoint)
            silo.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ScheduledEventsWatch>(
                services, new ScheduledEvents(NewHttpClient(), endPoint), options.VmName));

        return silo;
    }

    private static ISiloBuilder AddGrainStorage(this ISiloBuilder silo, SeedOptions options, IBlobStore store)
    {
        if (!options.GrainStorageInAzureBlobs)
            return silo.AddBlobGrainStorage(store);

        silo.Services.AddSingleton(store);
        return Options.AzureProviders.AddAzureBlobGrainStorage(silo, options.Storage!);
    }

    /// <summary>The cloud's own endpoint is next door and behind no proxy; its first answer may take two minutes.</summary>
    private static HttpClient NewHttpClient() => new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(2.5) };
}
