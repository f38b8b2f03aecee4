using Orleans.Concurrency;

namespace SeedOrleans.GrainInterfaces.Silos;

/// <summary>Speaks for one silo. Key: the silo's address, as Orleans writes it; the grain lives there and nowhere else.</summary>
[Alias("seed.silo-agent")]
public interface ISiloAgentGrain : IGrainWithStringKey
{
    /// <returns>Ranks and workers, of whatever run, that the silo computes for.</returns>
    [Alias("used-slots"), AlwaysInterleave, ResponseTimeout("00:00:02")]
    Task<int> CountUsedSlotsAsync(CancellationToken cancellationToken);
}
