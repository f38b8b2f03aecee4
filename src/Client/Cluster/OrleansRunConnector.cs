using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace SeedOrleans.Client.Cluster;

/// <summary>Connects as an Orleans client through one gateway.</summary>
internal sealed class OrleansRunConnector : IRunConnector
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public async Task<IRunConnection> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);

        var services = new ServiceCollection();
        ServiceProvider? provider = null;
        try
        {
            var gateway = await FindGatewayAsync(address, deadline.Token);

            services.AddLogging();
            services.AddOrleansClient(client => client
                .UseStaticClustering(gateway)
                .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("seed", "seed-orleans")));

            provider = services.BuildServiceProvider();
            foreach (var service in provider.GetServices<IHostedService>())
                await service.StartAsync(deadline.Token).WaitAsync(deadline.Token);

            var connection = new OrleansRunConnection(address, provider);
            provider = null;
            return connection;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClusterUnreachableException(address, $"no answer within {Deadline.TotalSeconds:0} seconds");
        }
        catch (Exception exception) when (exception is SocketException or OrleansException or TimeoutException or IOException)
        {
            throw new ClusterUnreachableException(address, exception.Message.TrimEnd('.'), exception);
        }
        finally
        {
            if (provider is not null)
                await provider.DisposeAsync();
        }
    }

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
