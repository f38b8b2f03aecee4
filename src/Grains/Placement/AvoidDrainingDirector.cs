using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace SeedOrleans.Grains.Placement;

/// <inheritdoc cref="AvoidDraining"/>
internal sealed class AvoidDrainingDirector(ISiloRoster roster) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var shunned = roster.Living.Where(silo => silo.IsDraining || silo.DeviceSlots == 0).Select(silo => silo.Address).ToHashSet();
        SiloAddress[] all = [.. silos];
        SiloAddress[] staying = [.. all.Where(silo => !shunned.Contains(silo))];
        return staying.Length > 0 ? staying : all;
    }
}
