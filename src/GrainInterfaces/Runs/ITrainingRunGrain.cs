using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.GrainInterfaces.Runs;

/// <summary>The single controller of a run: the step loop. Key: run id.</summary>
/// <remarks>Any call to a run that its silo's death interrupted makes it go on, from the last committed step.</remarks>
[Alias("seed.training-run")]
public interface ITrainingRunGrain : IGrainWithStringKey
{
    /// <summary>Checks the spec against this silo, then starts the loop. Returns once it is started; repeating changes nothing.</summary>
    /// <exception cref="RunRefusedException">The spec cannot run here; nothing was started.</exception>
    [Alias("start"), ResponseTimeout("00:02:00")]
    Task StartAsync(RunCardDraft draft, CancellationToken cancellationToken);

    [Alias("summary")]
    Task<RunSummary> GetSummaryAsync(CancellationToken cancellationToken);

    [Alias("spec")]
    Task<RunSpec> GetSpecAsync(CancellationToken cancellationToken);

    /// <summary>The events after number <paramref name="after"/>, oldest first, at most 256. Older ones than the last 4096 are gone.</summary>
    [Alias("events")]
    Task<ImmutableArray<RunEvent>> ReadEventsAsync(long after, CancellationToken cancellationToken);

    /// <summary>Ends the run within two seconds; returns when nothing of it is running. Stopping a finished run changes nothing.</summary>
    [Alias("stop")]
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Goes on with a run that was stopped or failed; with a step, from that step on, and what was committed after it no longer counts.</summary>
    /// <param name="step">Null goes on from the last committed step.</param>
    /// <exception cref="RunRefusedException">The run has ended well, is running and no step is given, or the step was never committed; nothing has changed.</exception>
    [Alias("resume"), ResponseTimeout("00:02:00")]
    Task ResumeAsync(int? step, LayoutSpec? layout, CancellationToken cancellationToken);
}
