using System.Collections.Immutable;

namespace SeedOrleans.Grains.Placement;

/// <summary>The cluster's silos as this one sees them. In memory, so that anybody may ask at any time.</summary>
public interface ISiloRoster
{
    SiloAddress Own { get; }

    /// <summary>Silos that live, draining ones among them, in the order of their names.</summary>
    ImmutableArray<SiloState> Living { get; }

    /// <returns>Null where the silo lives, or died unseen.</returns>
    SiloDeath? FindDeath(SiloAddress silo);
}

/// <param name="DeviceSlots">Ranks and workers that it can compute for at once; 0 where it only judges.</param>
/// <param name="HasTold">Its slots are known; otherwise it is taken to have one.</param>
/// <param name="IsDraining">It was told to leave: it hands its actors over and takes no new ones.</param>
/// <param name="CanIsolate">It can run programs that are not trusted.</param>
public sealed record SiloState(SiloAddress Address, string Name, int DeviceSlots, bool IsDraining, bool HasTold = true, bool CanIsolate = false);

/// <param name="LastSeen">When its connections closed, or its last sign of life where they did not.</param>
/// <param name="DeclaredAt">When the cluster's membership said so.</param>
public sealed record SiloDeath(string Name, DateTimeOffset LastSeen, DateTimeOffset DeclaredAt);
