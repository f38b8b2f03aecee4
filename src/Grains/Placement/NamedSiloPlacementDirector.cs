using Orleans.Runtime.Placement;

namespace SeedOrleans.Grains.Placement;

/// <inheritdoc cref="NamedSiloPlacement"/>
internal sealed class NamedSiloPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silo = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(silo)
            ? Task.FromResult(silo)
            : throw new OrleansException($"Silo {silo} is gone, and an actor that speaks for it can live nowhere else.");
    }
}
