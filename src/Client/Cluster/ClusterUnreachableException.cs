namespace SeedOrleans.Client.Cluster;

/// <summary>No cluster answers at an address.</summary>
internal sealed class ClusterUnreachableException(string address, string reason, Exception? cause = null)
    : Exception($"No cluster answers at {address}: {reason}. Start one with 'seed silo' or 'seed cluster up', or name another with --address HOST:PORT or --storage PLACE.", cause)
{
    public string Address { get; } = address;
}
