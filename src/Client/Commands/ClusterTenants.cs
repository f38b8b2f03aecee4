using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.LocalClusters;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary>Asks a local cluster which runs have actors on which silo; a cluster that does not answer is no failure.</summary>
internal sealed class ClusterTenants(IRunConnector connector)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <returns>A line a run and silo; none where no silo lives.</returns>
    public async Task<string[]> DescribeAsync(LocalClusterFile cluster, CancellationToken cancellationToken)
    {
        if (!cluster.Silos.Any(silo => silo.IsAlive()))
            return [];

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            await using var connection = await connector.ConnectAsync(new ClusterPlace(Gateway: null, cluster.Storage), deadline.Token);
            return
            [
                .. from run in await connection.ListAsync(deadline.Token)
                   where !run.IsFinished()
                   from silo in run.Silos
                   where !silo.Hosts.IsDefaultOrEmpty
                   select $"{HostileText.OneLine(run.RunId, 100)}  {SiloText.Name(silo.Name)}  {SiloText.State(silo)}  {SiloText.Hosts(silo)}",
            ];
        }
        catch (Exception silent) when (silent is ClusterUnreachableException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ["the cluster does not answer at the moment"];
        }
    }
}
