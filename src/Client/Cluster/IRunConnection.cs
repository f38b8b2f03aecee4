using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Cluster;

/// <summary>A cluster's runs, as commands see them.</summary>
/// <remarks>
/// Every call throws <see cref="ClusterUnreachableException"/> where the cluster does not answer, and
/// <see cref="RunRefusedException"/> where it answers that this cannot be.
/// </remarks>
internal interface IRunConnection : IAsyncDisposable
{
    /// <returns>The new run's id.</returns>
    Task<string> SubmitAsync(RunSpec spec, CancellationToken cancellationToken);

    /// <summary>Starts a new run from another's state after a committed step.</summary>
    /// <returns>The new run's id.</returns>
    Task<string> ForkAsync(string runId, int step, RunSpec spec, CancellationToken cancellationToken);

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

    /// <summary>Goes on with a run that has ended before its time; with a step, from that step on.</summary>
    /// <param name="step">Null goes on from the last committed step.</param>
    Task ResumeAsync(string runId, int? step, LayoutSpec? layout, CancellationToken cancellationToken);

    IRunCheckpoints Checkpoints(string runId);

    /// <summary>Begins to compute committed steps again, beside the run.</summary>
    /// <returns>The replay; it holds devices until it is disposed of.</returns>
    Task<IRunReplay> ReplayAsync(string runId, ReplayOrder order, CancellationToken cancellationToken);
}
