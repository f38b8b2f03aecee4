namespace SeedOrleans.Client.Silos;

/// <summary>Starts silos on this machine.</summary>
internal interface ISiloLauncher
{
    /// <summary>Starts a silo on free loopback ports and waits until it takes clients.</summary>
    /// <param name="dataFolder">Created if missing; holds runs and the silo's log.</param>
    /// <exception cref="SiloFailedException">It ended, or was not ready in time.</exception>
    Task<IRunningSilo> StartAsync(string dataFolder, CancellationToken cancellationToken);

    /// <summary>Runs a silo in the foreground, with this process's own output, until it ends or the token is cancelled.</summary>
    /// <returns>The silo's exit code.</returns>
    Task<int> RunInForegroundAsync(IReadOnlyList<string> options, CancellationToken cancellationToken);
}
