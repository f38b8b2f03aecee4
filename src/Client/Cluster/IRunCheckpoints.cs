using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Cluster;

/// <summary>A run's checkpoints, as commands see them; fails as <see cref="IRunConnection"/> does.</summary>
internal interface IRunCheckpoints
{
    /// <returns>Oldest first.</returns>
    Task<ImmutableArray<CheckpointInfo>> ListAsync(CancellationToken cancellationToken);

    /// <returns>The manifest as JSON text.</returns>
    Task<string> ShowAsync(string checkpoint, CancellationToken cancellationToken);

    /// <returns>What is wrong, a sentence each; none where all is well.</returns>
    Task<ImmutableArray<string>> VerifyAsync(string checkpoint, CancellationToken cancellationToken);

    Task PinAsync(string checkpoint, bool isPinned, CancellationToken cancellationToken);

    Task RemoveAsync(string checkpoint, CancellationToken cancellationToken);

    /// <returns>What was removed.</returns>
    Task<ImmutableArray<string>> CollectGarbageAsync(CancellationToken cancellationToken);
}
