using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using SeedOrleans.Engine.Storage;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.Providers;

namespace SeedOrleans.Client.Cluster;

/// <summary>Connects as an Orleans client, through one gateway or through any that the cluster's storage names.</summary>
internal sealed class OrleansRunConnector(TimeProvider time) : IRunConnector
{
    private const string ServiceId = "seed-orleans";

    /// <summary>For one silo that stands alone: it is there or it is not, but may be busy.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>How long a cluster may be without an answer while a silo's death is dealt with.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<IRunConnection> ConnectAsync(ClusterPlace place, CancellationToken cancellationToken)
    {
        var patience = place.Storage is null ? Deadline : Patience;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);

        var services = new ServiceCollection();
        ServiceProvider? provider = null;
        try
        {
            var gateway = place.Gateway is { } address ? await FindGatewayAsync(address, deadline.Token) : null;
            services.AddLogging().CarryOurExceptions();
            services.AddOrleansClient(client => (gateway is null ? UseStorage(client, place.Storage!) : client.UseStaticClustering(gateway))
                .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (place.ClusterId, ServiceId)));

            provider = services.BuildServiceProvider();
            foreach (var service in provider.GetServices<IHostedService>())
                await service.StartAsync(deadline.Token).WaitAsync(deadline.Token);

            var questions = new ClusterQuestions($"{place}", place.Storage is null ? TimeSpan.Zero : Patience, time);
            var connection = new OrleansRunConnection(provider, questions);
            provider = null;
            return connection;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClusterUnreachableException($"{place}", $"no answer within {patience.TotalSeconds:0} seconds");
        }
        catch (Exception exception) when (exception is SocketException or OrleansException or TimeoutException or IOException or FormatException)
        {
            throw new ClusterUnreachableException($"{place}", exception.Message.TrimEnd('.'), exception);
        }
        finally
        {
            if (provider is not null)
                await provider.DisposeAsync();
        }
    }

    private static IClientBuilder UseStorage(IClientBuilder client, string storage) =>
        client.UseBlobCluster(BlobStorePlace.Open(storage))
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));

    /// <summary>Resolves the name and knocks, so that a closed port is known at once and not after the deadline.</summary>
    private static async Task<IPEndPoint> FindGatewayAsync(string address, CancellationToken cancellationToken)
    {
        var colon = address.LastIndexOf(':');
        var addresses = await Dns.GetHostAddressesAsync(address[..colon].Trim('[', ']'), cancellationToken);
        var gateway = new IPEndPoint(addresses[0], int.Parse(address[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture));

        using var knock = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await knock.ConnectAsync(gateway, cancellationToken);

        return gateway;
    }
}
