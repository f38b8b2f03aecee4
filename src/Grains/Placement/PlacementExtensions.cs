namespace SeedOrleans.Grains.Placement;

/// <summary>How a silo learns where our actors go.</summary>
public static class PlacementExtensions
{
    public static ISiloBuilder AddSeedPlacement(this ISiloBuilder silo)
    {
        silo.Services.AddPlacementDirector<SpreadPlacement, SpreadPlacementDirector>();
        silo.Services.AddPlacementDirector<NamedSiloPlacement, NamedSiloPlacementDirector>();
        return silo;
    }
}
