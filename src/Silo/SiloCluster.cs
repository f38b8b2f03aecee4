using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Providers;

namespace SeedOrleans.Silo;

/// <summary>Who a silo is in a cluster with: nobody, or all that share its storage.</summary>
internal static class SiloCluster
{
    /// <summary>A cluster of this one silo, reached over loopback. Its name is its own, so that two of them may share a folder.</summary>
    public static ISiloBuilder UseSingleSilo(this ISiloBuilder silo, SiloOptions options) =>
        silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, null, SeedSilo.ServiceId, options.ClusterId)
            .Configure<SiloMessagingOptions>(messaging => messaging.CancelRequestOnTimeout = true);

    /// <summary>A member of the cluster on <paramref name="store"/>.</summary>
    public static ISiloBuilder UseSharedStorage(this ISiloBuilder silo, SiloOptions options, IBlobStore store)
    {
        silo.Services.AddHostedService<RunTender>();
        return silo.UseBlobCluster(store)
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, SeedSilo.ServiceId))
            .ConfigureEndpoints(IPAddress.Loopback, options.SiloPort, options.GatewayPort)
            .Configure<SiloMessagingOptions>(messaging => messaging.CancelRequestOnTimeout = true)
            .Configure<ClusterMembershipOptions>(membership =>
            {
                // Fast, yet no busy silo is taken for dead: a killed one is gone in one to three seconds.
                membership.ProbeTimeout = TimeSpan.FromSeconds(2);
                membership.NumMissedProbesLimit = 2;
                membership.NumVotesForDeathDeclaration = 2;
                membership.EnableIndirectProbes = true;
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
                membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            });
    }
}
