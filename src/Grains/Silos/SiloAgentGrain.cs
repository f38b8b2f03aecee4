using SeedOrleans.Engine.Devices;
using SeedOrleans.GrainInterfaces.Silos;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Silos;

/// <inheritdoc cref="ISiloAgentGrain"/>
[NamedSiloPlacement]
internal sealed class SiloAgentGrain(DeviceSlots slots) : Grain, ISiloAgentGrain
{
    public Task<int> CountUsedSlotsAsync(CancellationToken cancellationToken) => Task.FromResult(slots.Used);
}
