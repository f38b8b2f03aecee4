using SeedOrleans.Client.LocalClusters;

namespace SeedOrleans.Client.Chaos;

/// <summary>The silo processes of a cluster on this machine.</summary>
/// <param name="names">Those that may be struck.</param>
internal sealed class LocalVictims(LocalCluster cluster, IReadOnlyCollection<string> names) : IChaosVictims
{
    public bool IsAlive(string silo) => Find(silo) is { } found && found.IsAlive();

    public void Kill(string silo) => Signal(silo, ProcessTable.Kill);

    public void Stop(string silo) => Signal(silo, ProcessTable.Stop);

    public void Continue(string silo) => Signal(silo, ProcessTable.Continue);

    public Task ReviveAsync(CancellationToken cancellationToken) => cluster.ReviveAsync(names, cancellationToken);

    private LocalSilo? Find(string silo) => cluster.Find()?.Silos.FirstOrDefault(known => known.Name == silo);

    private void Signal(string silo, int signal)
    {
        if (Find(silo) is { } found && found.IsAlive())
            ProcessTable.Signal(found.Pid, signal);
    }
}
