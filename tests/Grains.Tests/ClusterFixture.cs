using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Runs;
using SeedOrleans.Silo;

namespace SeedOrleans.Grains.Tests;

/// <summary>A cluster of one silo in this process, composed as the real one is. Its runs write to a folder that goes with it.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;

    public TemporaryFolder Data { get; } = new();

    public IRunCatalogGrain Catalog => _cluster.Client.GetGrain<IRunCatalogGrain>(IRunCatalogGrain.DefaultTenant);

    /// <summary>The silo's weights in memory.</summary>
    internal PolicySnapshots Snapshots => Service<PolicySnapshots>();

    internal RunDataCache DataCache => Service<RunDataCache>();

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddSeed(Data.Path, new LocalFolderStore(Path.Combine(Data.Path, "store"))));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Data.Dispose();
    }

    public TGrain Grain<TGrain>(string key)
        where TGrain : IGrainWithStringKey => _cluster.Client.GetGrain<TGrain>(key);

    /// <summary>Starts a run of its own id.</summary>
    public async Task<RunHandle> SubmitAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        var runId = await Catalog.SubmitAsync(Guid.NewGuid().ToString(), spec, cancellationToken);
        return new RunHandle(runId, Grain<ITrainingRunGrain>(runId));
    }

    /// <summary>Runs <paramref name="spec"/> to its end.</summary>
    public async Task<FinishedRun> RunAsync(RunSpec spec, CancellationToken cancellationToken) =>
        await (await SubmitAsync(spec, cancellationToken)).FinishAsync(cancellationToken);

    private TService Service<TService>()
        where TService : notnull => ((InProcessSiloHandle)_cluster.Silos[0]).ServiceProvider.GetRequiredService<TService>();
}
