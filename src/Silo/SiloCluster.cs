using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Providers;
using SeedOrleans.Silo.Options;
using SeedOptions = SeedOrleans.Silo.Options.SiloOptions;

namespace SeedOrleans.Silo;

/// <summary>Who a silo is in a cluster with: nobody, or all that share its storage.</summary>
internal static class SiloCluster
{
    /// <summary>A cluster of this one silo. Its name is its own, so that two of them may share a folder.</summary>
    public static ISiloBuilder UseSingleSilo(this ISiloBuilder silo, SeedOptions options) => silo
        .UseDevelopmentClustering(new IPEndPoint(options.Addresses.Advertised, options.Addresses.AdvertisedSiloPort))
        .UseIdentity(options);

    /// <summary>A member of the cluster on <paramref name="store"/>.</summary>
    public static ISiloBuilder UseSharedStorage(this ISiloBuilder silo, SeedOptions options, IBlobStore store)
    {
        silo.Services.AddHostedService<RunTender>();
        return (options.MembershipInAzureTable ? silo.UseAzureTableMembership(options.Storage!) : silo.UseBlobCluster(store))
            .UseIdentity(options)
            .Configure<ClusterMembershipOptions>(options.Membership.Set);
    }

    private static ISiloBuilder UseIdentity(this ISiloBuilder silo, SeedOptions options)
    {
        var addresses = options.Addresses;
        if (options.Name is { } name)
            silo.Configure<Orleans.Configuration.SiloOptions>(identity => identity.SiloName = name);

        return silo
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, SeedSilo.ServiceId))
            .Configure<SiloMessagingOptions>(messaging => messaging.CancelRequestOnTimeout = true)
            .Configure<EndpointOptions>(endPoints =>
            {
                (endPoints.AdvertisedIPAddress, endPoints.SiloPort, endPoints.GatewayPort) = (addresses.Advertised, addresses.AdvertisedSiloPort, addresses.GatewayPort);
                endPoints.SiloListeningEndpoint = new IPEndPoint(addresses.Listen, addresses.SiloPort);
                endPoints.GatewayListeningEndpoint = new IPEndPoint(addresses.Listen, addresses.GatewayPort);
            });
    }
}
