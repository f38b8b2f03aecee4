using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Storage;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Policies;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Grains.Runs;
using SeedOrleans.Providers;

namespace SeedOrleans.Silo;

/// <summary>What makes a silo one of ours, wherever it is hosted.</summary>
public static class SeedSilo
{
    public const string ClusterId = "seed", ServiceId = "seed-orleans";

    /// <param name="dataFolder">Runs write metrics and final policies to folders in here; an absolute path.</param>
    /// <param name="store">Where everything durable lies.</param>
    public static ISiloBuilder AddSeed(this ISiloBuilder silo, string dataFolder, IBlobStore store)
    {
        silo.Services.AddSingleton(new RunFolders(dataFolder));
        silo.Services.AddSingleton<PolicySnapshots>();
        silo.Services.AddSingleton<PolicyStore>();
        silo.Services.AddSingleton(new DeviceSlots(Environment.ProcessorCount));
        silo.Services.AddSingleton<ISiloRoster, SiloRoster>();
        silo.Services.AddSingleton<GroupEpochs>();
        silo.Services.AddSingleton<InProcessGroups>();
        silo.Services.AddSingleton(services => new PeerListener(IPAddress.Loopback, services.GetRequiredService<GroupEpochs>()));
        silo.Services.AddSingleton<RunStore>();
        silo.Services.AddSingleton<RolloutJournal>();
        silo.Services.AddSingleton<RunDataCache>();
        silo.Services.AddSingleton<IScoredLog, ScoredLog>();
        silo.Services.TryAddSingleton(TimeProvider.System);

        return silo.AddSeedPlacement().AddBlobGrainStorage(store).AddLogStreams(StreamNames.Provider);
    }
}
