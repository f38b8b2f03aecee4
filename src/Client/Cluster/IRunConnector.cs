namespace SeedOrleans.Client.Cluster;

/// <summary>Finds a cluster.</summary>
internal interface IRunConnector
{
    /// <exception cref="ClusterUnreachableException">Nobody there speaks for a cluster.</exception>
    Task<IRunConnection> ConnectAsync(ClusterPlace place, CancellationToken cancellationToken);
}
