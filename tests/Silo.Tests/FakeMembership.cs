using System.Collections.Immutable;
using System.Net;

namespace SeedOrleans.Silo.Tests;

/// <summary>A cluster whose members the test names; the first is this silo.</summary>
internal sealed class FakeMembership(params string[] names) : IClusterMembershipService, ILocalSiloDetails
{
    public ClusterMembershipSnapshot CurrentSnapshot { get; } = new(
        names.Select((name, number) => new ClusterMember(AddressOf(number), SiloStatus.Active, name)).ToImmutableDictionary(member => member.SiloAddress),
        new MembershipVersion(1));

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    public string Name => names[0];

    public string ClusterId => "seed";

    public string DnsHostName => "localhost";

    public SiloAddress SiloAddress => AddressOf(0);

    public SiloAddress GatewayAddress => AddressOf(0);

    public static SiloAddress AddressOf(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111 + number), 1);

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
}
