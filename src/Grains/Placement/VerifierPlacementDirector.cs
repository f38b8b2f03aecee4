using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace SeedOrleans.Grains.Placement;

/// <inheritdoc cref="VerifierPlacement"/>
internal sealed class VerifierPlacementDirector(ISiloRoster roster) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var living = roster.Living.ToDictionary(silo => silo.Address);
        return silos.GroupBy(silo => living.GetValueOrDefault(silo) is { } state ? RankOf(state) : 0).MaxBy(group => group.Key) ?? Enumerable.Empty<SiloAddress>();
    }

    private static int RankOf(SiloState silo) => (silo.CanIsolate ? 4 : 0) + (silo.IsDraining ? 0 : 2) + (silo.DeviceSlots == 0 ? 1 : 0);
}
