using System.Collections.Immutable;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Silo;

/// <inheritdoc/>
internal sealed class SiloRoster(ISiloStatusOracle oracle, ILocalSiloDetails local, DeviceSlots slots) : ISiloRoster
{
    public SiloAddress Own => local.SiloAddress;

    public ImmutableArray<SiloState> Living =>
    [
        .. oracle.GetApproximateSiloStatuses(onlyActive: true).Keys
            .Select(silo => new SiloState(silo, oracle.TryGetSiloName(silo, out var name) ? name : $"{silo.Endpoint}", slots.Total, IsDraining: false))
            .OrderBy(silo => silo.Name, StringComparer.Ordinal),
    ];

    public SiloDeath? FindDeath(SiloAddress silo) => null;
}
