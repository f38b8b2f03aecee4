using SeedOrleans.Domain.Specs;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>One generation engine on a device thread of its silo. Key: run/worker.</summary>
/// <remarks>Takes work from the run's pool, publishes what ends on <see cref="StreamNames.Sampled"/>, and aborts what nobody wants any more.</remarks>
[Alias("seed.rollout-worker")]
public interface IRolloutWorkerGrain : IGrainWithStringKey
{
    /// <summary>Begins to take work. Repeating changes nothing.</summary>
    [Alias("start"), ResponseTimeout("00:05:00")]
    Task StartAsync(string runId, RunSpec spec, CancellationToken cancellationToken);

    /// <summary>Fails with what stopped the worker, if something did; otherwise says how many tokens it has sampled.</summary>
    [Alias("check")]
    Task<long> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Ends the worker and frees its device; returns when nothing of it runs.</summary>
    [Alias("stop")]
    Task StopAsync(CancellationToken cancellationToken);
}
