using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Placement;

/// <summary>How a silo learns where our actors go.</summary>
public static class PlacementExtensions
{
    public static ISiloBuilder AddSeedPlacement(this ISiloBuilder silo)
    {
        silo.Services.AddPlacementDirector<SpreadPlacement, SpreadPlacementDirector>();
        silo.Services.AddPlacementDirector<NamedSiloPlacement, NamedSiloPlacementDirector>();
        silo.Services.AddPlacementFilter<AvoidDraining, AvoidDrainingDirector>(ServiceLifetime.Singleton);
        silo.Services.AddPlacementFilter<VerifierPlacement, VerifierPlacementDirector>(ServiceLifetime.Singleton);
        silo.Services.AddSingleton<HostedRuns>();
        silo.Services.AddSingleton<LocalRanks>();
        return silo;
    }
}
