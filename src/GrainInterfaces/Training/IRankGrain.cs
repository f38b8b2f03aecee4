using System.Collections.Immutable;
using Orleans.Concurrency;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>One logical rank of the policy on a device thread of its silo. Key: run/policy/rank.</summary>
/// <remarks>
/// All ranks of a run must be told to update together, since each waits for the others' gradients. A call that fails left
/// the weights as they were. Calls carry the epoch of the controller's incarnation that makes them; with any other than the one that
/// started the rank they throw <see cref="LostActorException"/> and change nothing.
/// </remarks>
[Alias("seed.rank")]
public interface IRankGrain : IMovableGrain
{
    /// <summary>Takes a device thread and loads the run's first weights, or a checkpoint's. Repeating changes nothing; a newer epoch starts afresh.</summary>
    /// <exception cref="LostActorException">A newer epoch started the rank before.</exception>
    [Alias("start"), ResponseTimeout("00:30:00"), AlwaysInterleave]
    Task StartAsync(RankOrder order, CancellationToken cancellationToken);

    /// <summary>One optimizer step, together with the other ranks. Not safe to repeat.</summary>
    [Alias("update"), ResponseTimeout("06:00:00")]
    Task<RankReport> UpdateAsync(UpdateOrder order, CancellationToken cancellationToken);

    /// <returns>log π of every response token under this rank's weights, in the order of <paramref name="sequences"/>.</returns>
    [Alias("score"), ResponseTimeout("06:00:00")]
    Task<ImmutableArray<ImmutableArray<float>>> ScoreAsync(
        long epoch, ImmutableArray<TrainingSequence> sequences, CancellationToken cancellationToken);

    /// <summary>Hands a copy of the weights to its silo as <paramref name="version"/>.</summary>
    [Alias("publish"), ResponseTimeout("00:30:00")]
    Task PublishAsync(long epoch, PolicyVersion version, CancellationToken cancellationToken);

    /// <summary>Writes a version of the weights that this rank published to storage, for other silos. Repeating changes nothing.</summary>
    /// <returns>False where the version is no longer here.</returns>
    [Alias("share"), ResponseTimeout("00:30:00"), AlwaysInterleave]
    Task<bool> ShareAsync(PolicyVersion version, CancellationToken cancellationToken);

    /// <summary>Forgets a version of the weights that this rank published.</summary>
    [Alias("retire"), AlwaysInterleave]
    Task RetireAsync(long epoch, PolicyVersion version, CancellationToken cancellationToken);

    /// <returns>SHA-256 of the weights as they are.</returns>
    [Alias("hash"), ResponseTimeout("00:30:00")]
    Task<string> HashAsync(long epoch, CancellationToken cancellationToken);

    /// <summary>Begins to copy this rank's share of a checkpoint as it is now; <see cref="WriteCheckpointAsync"/> then writes it while training goes on.</summary>
    [Alias("copy-checkpoint"), ResponseTimeout("00:30:00")]
    Task CopyCheckpointAsync(long epoch, string checkpoint, CancellationToken cancellationToken);

    /// <returns>What the manifest must say of the share, once it is durable.</returns>
    [Alias("write-checkpoint"), ResponseTimeout("06:00:00"), AlwaysInterleave]
    Task<ImmutableArray<ShardReport>> WriteCheckpointAsync(long epoch, string checkpoint, CancellationToken cancellationToken);

    /// <summary>Writes the weights and the tokenizer to a folder in Hugging Face's format.</summary>
    [Alias("save"), ResponseTimeout("00:30:00")]
    Task SaveAsync(long epoch, string folder, CancellationToken cancellationToken);

    /// <summary>Frees the device thread and the weights; returns when nothing of the rank runs. A rank that was not started is no fault.</summary>
    [Alias("stop"), AlwaysInterleave]
    Task StopAsync(long epoch, CancellationToken cancellationToken);
}
