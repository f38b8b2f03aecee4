using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>Where workers get work and the trainer gets groups. Key: run id.</summary>
/// <remarks>
/// One collection is open at a time. Which groups it gathers is decided by the order of prompts and by rewards alone,
/// never by who finishes first, so a run's data does not depend on timing. Nothing is handed out unless a collection asks for it: a
/// slow trainer keeps the workers waiting, and memory is bounded by one collection. Consumes <see cref="StreamNames.Scored"/>.
/// </remarks>
[Alias("seed.sample-pool")]
public interface ISamplePoolGrain : IGrainWithStringKey
{
    /// <summary>Takes the pool over for an epoch: until that opens a collection, nothing new is handed out. What workers have at work, they go on with.</summary>
    /// <exception cref="LostActorException">A newer epoch called before.</exception>
    [Alias("fence")]
    Task FenceAsync(long epoch, CancellationToken cancellationToken);

    /// <summary>Opens a collection and ends the one before it. Repeating an order changes nothing. What the log holds of it already is taken up.</summary>
    /// <exception cref="LostActorException">A newer epoch ordered before.</exception>
    [Alias("open")]
    Task OpenAsync(CollectionOrder order, CancellationToken cancellationToken);

    /// <summary>Waits until the collection is complete, for a second at most.</summary>
    /// <returns>Null while it is not.</returns>
    /// <exception cref="JudgingFailedException">A verifier says that it cannot judge.</exception>
    /// <exception cref="CollectionExhaustedException">Too few groups were informative, and not because the policy solves them all.</exception>
    [Alias("collect")]
    Task<CollectedGroups?> CollectAsync(long epoch, long collectionId, CancellationToken cancellationToken);

    /// <summary>Hands out up to <paramref name="most"/> responses to sample; waits for work, for a second at most.</summary>
    /// <param name="worker">Who asks. What an earlier life of it had taken is handed out again, from the last token that it noted.</param>
    /// <param name="busyWith">The collection that the worker still samples for; a busy worker is answered at once. 0 where it is idle.</param>
    /// <exception cref="LostActorException">The worker serves an older epoch than the pool.</exception>
    [Alias("take")]
    Task<WorkOffer> TakeAsync(WorkerLife worker, int most, long busyWith, CancellationToken cancellationToken);

    /// <summary>Tells a pool that does not know the worker which responses it is at work on, so that nobody else gets them.</summary>
    [Alias("hold")]
    Task HoldAsync(WorkerLife worker, long collectionId, ImmutableArray<ResponseName> responses, CancellationToken cancellationToken);

    /// <summary>Ends the open collection: whoever waits is answered at once, and workers drop what they have.</summary>
    [Alias("close")]
    Task CloseAsync(long epoch, CancellationToken cancellationToken);
}
