namespace SeedOrleans.Client.Silos;

/// <summary>Starts silos on this machine.</summary>
internal interface ISiloLauncher
{
    /// <summary>Starts a silo on free loopback ports and waits until it takes clients.</summary>
    /// <param name="dataFolder">Created if missing; holds runs and the silo's log.</param>
    /// <param name="storage">A folder or <c>azure:…</c>: the silo joins whoever works there. Null keeps it alone, and all in the data folder.</param>
    /// <exception cref="SiloFailedException">It ended, or was not ready in time.</exception>
    Task<IRunningSilo> StartAsync(string dataFolder, string? storage, CancellationToken cancellationToken);

    /// <summary>Runs a silo in the foreground, with this process's own output, until it ends or the token is cancelled.</summary>
    /// <returns>The silo's exit code.</returns>
    Task<int> RunInForegroundAsync(IReadOnlyList<string> options, CancellationToken cancellationToken);
}
