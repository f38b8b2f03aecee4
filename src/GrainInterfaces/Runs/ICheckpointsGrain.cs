using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.GrainInterfaces.Runs;

/// <summary>A run's checkpoints, for people. Key: run id.</summary>
/// <remarks>Every call throws <see cref="RunRefusedException"/> with the way out where a checkpoint is missing, damaged or held.</remarks>
[Alias("seed.checkpoints")]
public interface ICheckpointsGrain : IGrainWithStringKey
{
    /// <returns>Oldest first.</returns>
    [Alias("list"), ResponseTimeout("00:02:00")]
    Task<ImmutableArray<CheckpointInfo>> ListAsync(CancellationToken cancellationToken);

    /// <returns>The manifest as JSON text.</returns>
    [Alias("show"), ResponseTimeout("00:02:00")]
    Task<string> ShowAsync(string checkpoint, CancellationToken cancellationToken);

    /// <summary>Reads every byte and compares checksums.</summary>
    /// <returns>What is wrong, a sentence each; none where all is well.</returns>
    [Alias("verify"), ResponseTimeout("06:00:00")]
    Task<ImmutableArray<string>> VerifyAsync(string checkpoint, CancellationToken cancellationToken);

    /// <summary>Keeps a checkpoint whatever the run's retention says, or no longer. Repeating changes nothing.</summary>
    [Alias("pin"), ResponseTimeout("00:02:00")]
    Task PinAsync(string checkpoint, bool isPinned, CancellationToken cancellationToken);

    /// <summary>Removes a checkpoint, unless it is pinned or the newest of an unfinished run.</summary>
    [Alias("remove"), ResponseTimeout("00:02:00")]
    Task RemoveAsync(string checkpoint, CancellationToken cancellationToken);

    /// <summary>Removes what no checkpoint refers to (files of saves that never committed) and checkpoints beyond the run's retention.</summary>
    /// <returns>Names of the blobs removed, relative to the run's checkpoints.</returns>
    [Alias("collect-garbage"), ResponseTimeout("00:30:00")]
    Task<ImmutableArray<string>> CollectGarbageAsync(CancellationToken cancellationToken);
}
