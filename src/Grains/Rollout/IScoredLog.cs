using SeedOrleans.GrainInterfaces.Rollout;

namespace SeedOrleans.Grains.Rollout;

/// <summary>The log behind the stream of judged responses, for a pool that has forgotten what it was told.</summary>
public interface IScoredLog
{
    /// <summary>A run's judged responses, in the order of the log.</summary>
    /// <param name="start">From this place on; 0 is the beginning.</param>
    IAsyncEnumerable<ScoredBatch> ReadAsync(string runId, long start, CancellationToken cancellationToken);

    /// <summary>The place of an event that the stream delivered, as <see cref="ReadAsync"/> takes it.</summary>
    long PlaceOf(Orleans.Streams.StreamSequenceToken token);

    /// <returns>The first place that is there for sure: what stands before it was removed, or will be.</returns>
    Task<long> FindStartAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Keeps a run's judged responses from <paramref name="place"/> on, and lets go of those before.</summary>
    /// <remarks>Called with 0 before a run orders its first responses, which keeps all of them; the place only moves forward. Durable.</remarks>
    Task HoldAsync(string runId, long place, CancellationToken cancellationToken);

    /// <summary>The run has ended, and nobody will read its responses again.</summary>
    Task ReleaseAsync(string runId, CancellationToken cancellationToken);
}
