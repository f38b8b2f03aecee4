using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Storage;
using Orleans.Streams;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Providers.GrainStorage;
using SeedOrleans.Providers.Membership;
using SeedOrleans.Providers.Streams;

namespace SeedOrleans.Providers;

/// <summary>An Orleans cluster that needs nothing but a blob store.</summary>
public static class BlobClusterExtensions
{
    /// <summary>Membership on <paramref name="store"/>.</summary>
    public static ISiloBuilder UseBlobCluster(this ISiloBuilder silo, IBlobStore store)
    {
        silo.Services.AddSingleton(provider => new MembershipBlobs(store, provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId));
        silo.Services.AddSingleton<IMembershipTable, BlobMembershipTable>();
        return silo;
    }

    /// <summary>The cluster's store, and the default grain storage on it.</summary>
    public static ISiloBuilder AddBlobGrainStorage(this ISiloBuilder silo, IBlobStore store)
    {
        silo.Services.AddSingleton(store);
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            Orleans.Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            (provider, _) => new BlobGrainStorage(
                store, ClusterOf(provider), provider.GetRequiredService<OrleansGrainStorageSerializer>()));
        silo.Services.AddSingleton(provider =>
            provider.GetRequiredKeyedService<IGrainStorage>(Orleans.Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        silo.Services.AddSingleton<OrleansGrainStorageSerializer>();
        return silo;
    }

    /// <summary>Streams that are a log on the cluster's blob store: durable when published, delivered at least once.</summary>
    public static ISiloBuilder AddLogStreams(this ISiloBuilder silo, string name, Action<LogStreamOptions>? configure = null) =>
        silo.AddPersistentStreams(name, LogQueueAdapterFactory.Create, streams =>
        {
            streams.Configure<LogStreamOptions>(options => options.Configure(settings => configure?.Invoke(settings)));
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agent => agent.Configure(options =>
            {
                options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(10);

                // A silo that dies is replaced in seconds; an event that fails for this long fails for a reason of its own.
                options.MaxEventDeliveryTime = TimeSpan.FromMinutes(10);
            }));
        });

    /// <summary>Finds the silos of the cluster whose membership is on <paramref name="store"/>.</summary>
    public static IClientBuilder UseBlobCluster(this IClientBuilder client, IBlobStore store)
    {
        client.Services.AddSingleton<IGatewayListProvider>(provider => new BlobGatewayList(
            new MembershipBlobs(store, provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId),
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value.GatewayListRefreshPeriod));
        return client;
    }

    /// <summary>A cluster's folder in its store: two clusters on one store never meet.</summary>
    internal static string ClusterOf(IServiceProvider provider) =>
        $"clusters/{BlobName.Segment(provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId)}";
}
