using Orleans.Messaging;

namespace SeedOrleans.Providers.Membership;

/// <summary>Where clients find silos: the living ones in the membership table.</summary>
internal sealed class BlobGatewayList(MembershipBlobs blobs, TimeSpan maxStaleness) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => maxStaleness;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public async Task<IList<Uri>> GetGateways()
    {
        var (document, _) = await blobs.ReadTableAsync();
        return
        [
            .. from member in document.Members
               where member.Value is { Status: SiloStatus.Active, ProxyPort: > 0 }
               let silo = SiloAddress.FromParsableString(member.Key)
               select SiloAddress.New(silo.Endpoint.Address, member.Value.ProxyPort, silo.Generation).ToGatewayUri(),
        ];
    }
}
