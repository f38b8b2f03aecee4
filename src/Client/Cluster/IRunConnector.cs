namespace SeedOrleans.Client.Cluster;

/// <summary>Finds a cluster.</summary>
internal interface IRunConnector
{
    /// <param name="address">A silo's gateway, <c>HOST:PORT</c>.</param>
    /// <exception cref="ClusterUnreachableException">Nobody there speaks for a cluster.</exception>
    Task<IRunConnection> ConnectAsync(string address, CancellationToken cancellationToken);
}
