using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Storage;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Providers.GrainStorage;
using SeedOrleans.Providers.Membership;

namespace SeedOrleans.Providers;

/// <summary>An Orleans cluster that needs nothing but a blob store.</summary>
public static class BlobClusterExtensions
{
    /// <summary>Membership and the default grain storage on <paramref name="store"/>.</summary>
    public static ISiloBuilder UseBlobCluster(this ISiloBuilder silo, IBlobStore store)
    {
        silo.Services.AddSingleton(store);
        silo.Services.AddSingleton(provider => new MembershipBlobs(store, provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId));
        silo.Services.AddSingleton<IMembershipTable, BlobMembershipTable>();
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            Orleans.Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            (provider, _) => ActivatorUtilities.CreateInstance<BlobGrainStorage>(provider, store, provider.GetRequiredService<OrleansGrainStorageSerializer>()));
        silo.Services.AddSingleton<OrleansGrainStorageSerializer>();
        return silo;
    }

    /// <summary>Finds the silos of the cluster whose membership is on <paramref name="store"/>.</summary>
    public static IClientBuilder UseBlobCluster(this IClientBuilder client, IBlobStore store)
    {
        client.Services.AddSingleton<IGatewayListProvider>(provider => new BlobGatewayList(
            new MembershipBlobs(store, provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId),
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value.GatewayListRefreshPeriod));
        return client;
    }
}
