using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.GrainInterfaces.Runs;

/// <summary>Which runs exist. Key: tenant.</summary>
/// <remarks>Durable: a run that was submitted is in the list, whatever dies.</remarks>
[Alias("seed.run-catalog")]
public interface IRunCatalogGrain : IGrainWithStringKey
{
    const string DefaultTenant = "default";

    /// <summary>Names a new run and starts it.</summary>
    /// <param name="submissionId">Chosen by the caller: a repeated call with the same id returns the same run.</param>
    /// <returns>The run's id: its name, a dash and six letters.</returns>
    /// <exception cref="RunRefusedException">The spec cannot run on this silo; nothing was started.</exception>
    [Alias("submit"), ResponseTimeout("00:02:00")]
    Task<string> SubmitAsync(string submissionId, RunSpec spec, CancellationToken cancellationToken);

    /// <summary>Starts a new run from another's state after a committed step, with a spec of its own.</summary>
    /// <param name="submissionId">Chosen by the caller: a repeated call with the same id returns the same run.</param>
    /// <param name="spec">Must have the other run's model.</param>
    /// <returns>The new run's id.</returns>
    /// <exception cref="RunRefusedException">There is no such run or step, or the spec cannot go on from it; nothing was started.</exception>
    [Alias("fork"), ResponseTimeout("00:02:00")]
    Task<string> ForkAsync(string submissionId, string runId, int step, RunSpec spec, CancellationToken cancellationToken);

    /// <summary>Wakes every run that is not finished; one whose silo died goes on elsewhere.</summary>
    [Alias("tend")]
    Task TendAsync(CancellationToken cancellationToken);

    /// <summary>A finished run goes on, and wants to be tended again.</summary>
    [Alias("note-resumed")]
    Task NoteResumedAsync(string runId, CancellationToken cancellationToken);

    /// <returns>Newest first.</returns>
    [Alias("list")]
    Task<ImmutableArray<RunSummary>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Finds runs whose id is, or begins with, <paramref name="idOrPrefix"/>.</summary>
    [Alias("find")]
    Task<ImmutableArray<RunSummary>> FindAsync(string idOrPrefix, CancellationToken cancellationToken);
}
