using System.Collections.Concurrent;
using System.Collections.Immutable;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Providers.Membership;

namespace SeedOrleans.Silo.Liveness;

/// <inheritdoc/>
/// <remarks>Membership says who lives, <see cref="RosterWatch"/> adds what silos tell of themselves.</remarks>
internal sealed class SiloRoster(IClusterMembershipService membership, ILocalSiloDetails local, DeviceSlots slots) : ISiloRoster
{
    private readonly ConcurrentDictionary<SiloAddress, SiloDeath> _deaths = [];
    private readonly ConcurrentDictionary<SiloAddress, SiloCard> _cards = [];
    private ImmutableHashSet<SiloAddress> _draining = [];
    private volatile bool _isDraining;

    public SiloAddress Own => local.SiloAddress;

    public ImmutableArray<SiloState> Living
    {
        get
        {
            var draining = Volatile.Read(ref _draining);
            return
            [
                .. membership.CurrentSnapshot.Members.Values
                    .Where(member => member.Status == SiloStatus.Active)
                    .Select(member => new SiloState(
                        member.SiloAddress, member.Name, SlotsOf(member.SiloAddress),
                        (_isDraining && member.SiloAddress.Equals(Own)) || draining.Contains(member.SiloAddress),
                        member.SiloAddress.Equals(Own) || Knows(member.SiloAddress),
                        _cards.GetValueOrDefault(member.SiloAddress)?.CanIsolate ?? false))
                    .OrderBy(silo => silo.Name, StringComparer.Ordinal),
            ];
        }
    }

    public SiloDeath? FindDeath(SiloAddress silo) => _deaths.GetValueOrDefault(silo);

    public void Drains() => _isDraining = true;

    public void Drain(IEnumerable<SiloAddress> silos) => Volatile.Write(ref _draining, [.. silos]);

    public void Tells(SiloAddress silo, SiloCard card) => _cards[silo] = card;

    public bool Knows(SiloAddress silo) => _cards.ContainsKey(silo);

    public void Died(SiloAddress silo, SiloDeath death)
    {
        _deaths[silo] = death;
        _cards.TryRemove(silo, out _);
    }

    /// <summary>A silo whose card was not read yet is taken to have one slot.</summary>
    private int SlotsOf(SiloAddress silo) => silo.Equals(Own) ? slots.Total : _cards.GetValueOrDefault(silo)?.DeviceSlots ?? 1;
}
