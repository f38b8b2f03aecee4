using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.Grains.Training;
using SeedOrleans.Silo;

namespace SeedOrleans.Grains.Tests.Training;

/// <summary>Three silos in this process, whose ranks follow a script.</summary>
public sealed class ScriptedRanks : IAsyncLifetime
{
    public const int Silos = 3;

    private readonly TemporaryFolder _folder = new();
    private InProcessTestCluster _cluster = null!;

    internal IGrainFactory Grains => Services(0).GetRequiredService<IGrainFactory>();

    /// <summary>Addresses, of which the first is where groups speak from.</summary>
    public IReadOnlyList<SiloAddress> Addresses => [.. _cluster.Silos.Select(silo => silo.SiloAddress)];

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.ConfigureSilo((_, silo) => silo.AddSeed(_folder.Path, new LocalFolderStore(Path.Combine(_folder.Path, "store")))
            .Configure<GrainTypeOptions>(grains =>
            {
                grains.Classes.Remove(typeof(RankGrain));
                grains.Classes.Add(typeof(ScriptedRankGrain));
            }));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    /// <returns>A group of six ranks, three places along the data axis with two ranks each.</returns>
    internal RankGroup Group(string runId, long epoch = 1) => new(
        Grains, runId, RunKeys.Policy, TinySpecs.Addition with { Layout = new LayoutSpec { Data = 3, Tensor = 2 } },
        new SequenceWorkload(ModelConfig.FromShape(TinySpecs.Addition.Model.Shape!, vocabularySize: 18)), epoch);

    /// <summary>Rank by rank over the silos.</summary>
    internal IReadOnlyList<SiloAddress?> Spread() => [.. Enumerable.Range(0, 6).Select(rank => Addresses[rank % Addresses.Count])];

    /// <summary>Ends a silo without a goodbye.</summary>
    public async Task KillAsync(int silo) => await _cluster.KillSiloAsync(_cluster.Silos[silo]);

    private IServiceProvider Services(int silo) => ((InProcessSiloHandle)_cluster.Silos[silo]).ServiceProvider;
}
