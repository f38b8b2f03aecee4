namespace SeedOrleans.GrainInterfaces.Runs;

/// <summary>Computes committed steps of a run again, beside it and without disturbing it. Key: run/replay id.</summary>
[Alias("seed.replay")]
public interface IReplayGrain : IGrainWithStringKey
{
    /// <summary>Begins at the newest checkpoint before the first step that is asked for. Repeating changes nothing.</summary>
    /// <exception cref="RunRefusedException">The steps are not committed, or there is no such run.</exception>
    [Alias("start"), ResponseTimeout("00:05:00")]
    Task StartAsync(ReplayOrder order, CancellationToken cancellationToken);

    /// <summary>Waits for news, for a second at most.</summary>
    /// <param name="known">Steps that the caller knows already.</param>
    /// <exception cref="RunRefusedException">The replay was lost with its silo; start another.</exception>
    [Alias("progress")]
    Task<ReplayProgress> GetProgressAsync(int known, CancellationToken cancellationToken);

    /// <summary>Ends the replay and frees its devices.</summary>
    [Alias("stop"), ResponseTimeout("00:02:00")]
    Task StopAsync(CancellationToken cancellationToken);
}
