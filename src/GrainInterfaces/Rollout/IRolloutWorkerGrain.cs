using SeedOrleans.Domain.Specs;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>One generation engine on a device thread of its silo. Key: run/worker.</summary>
/// <remarks>Takes work from the run's pool, publishes what ends on <see cref="StreamNames.Sampled"/>, and aborts what nobody wants any more.</remarks>
[Alias("seed.rollout-worker")]
public interface IRolloutWorkerGrain : IMovableGrain
{
    /// <summary>Begins to take work, or goes on where a failure ended it. Repeating changes nothing.</summary>
    /// <exception cref="LostActorException">A newer epoch started the worker before.</exception>
    [Alias("start"), ResponseTimeout("00:05:00")]
    Task StartAsync(string runId, RunSpec spec, long epoch, CancellationToken cancellationToken);

    /// <summary>Fails with what stopped the worker, if something did; otherwise says how many tokens it has sampled.</summary>
    /// <exception cref="LostActorException">It was never started here: it died, and this is its successor; or it serves a newer epoch.</exception>
    [Alias("check")]
    Task<long> CheckAsync(long epoch, CancellationToken cancellationToken);

    /// <summary>Notes what is in flight, ends the worker and frees its device; returns when nothing of it runs.</summary>
    /// <exception cref="LostActorException">A newer epoch started the worker; it goes on.</exception>
    [Alias("stop")]
    Task StopAsync(long epoch, CancellationToken cancellationToken);
}
