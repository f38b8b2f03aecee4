using System.Collections.Immutable;
using System.Net;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Tests.Placement;

/// <summary>Silos that the test makes up.</summary>
internal sealed class FakeRoster(params SiloState[] living) : ISiloRoster
{
    public SiloAddress Own => AddressOf(0);

    public ImmutableArray<SiloState> Living => [.. living];

    public static SiloAddress AddressOf(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1000 + number), 1);

    public static SiloState Member(int number, int slots = 1, bool drains = false, bool isolates = false) =>
        new(AddressOf(number), $"silo-{number}", slots, drains, CanIsolate: isolates);

    public SiloDeath? FindDeath(SiloAddress silo) => null;
}
