using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Client.Cluster;

/// <summary>A cluster's runs, as commands see them.</summary>
/// <remarks>Every call throws <see cref="ClusterUnreachableException"/> where the cluster does not answer.</remarks>
internal interface IRunConnection : IAsyncDisposable
{
    /// <returns>The new run's id.</returns>
    Task<string> SubmitAsync(RunSpec spec, CancellationToken cancellationToken);

    /// <returns>Newest first.</returns>
    Task<ImmutableArray<RunSummary>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Finds runs whose id is, or begins with, <paramref name="idOrPrefix"/>.</summary>
    Task<ImmutableArray<RunSummary>> FindAsync(string idOrPrefix, CancellationToken cancellationToken);

    Task<RunSummary> GetSummaryAsync(string runId, CancellationToken cancellationToken);

    Task<RunSpec> GetSpecAsync(string runId, CancellationToken cancellationToken);

    /// <returns>The events after number <paramref name="after"/>, oldest first; a few hundred at most.</returns>
    Task<ImmutableArray<RunEvent>> ReadEventsAsync(string runId, long after, CancellationToken cancellationToken);

    /// <summary>Ends the run; returns when nothing of it is running.</summary>
    Task StopAsync(string runId, CancellationToken cancellationToken);
}
