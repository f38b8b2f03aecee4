using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>One logical rank of the policy on a device thread of its silo. Key: run/policy/rank.</summary>
/// <remarks>
/// All ranks of a run must be told to update together, since each waits for the others' gradients. A call that fails left
/// the weights as they were.
/// </remarks>
[Alias("seed.rank")]
public interface IRankGrain : IGrainWithStringKey
{
    /// <summary>Takes a device thread and loads the run's first weights. Repeating changes nothing.</summary>
    [Alias("start"), ResponseTimeout("00:30:00")]
    Task StartAsync(string runId, int rank, RunSpec spec, CancellationToken cancellationToken);

    /// <summary>One optimizer step, together with the other ranks. Not safe to repeat.</summary>
    [Alias("update"), ResponseTimeout("06:00:00")]
    Task<RankReport> UpdateAsync(UpdateOrder order, CancellationToken cancellationToken);

    /// <returns>log π of every response token under this rank's weights, in the order of <paramref name="sequences"/>.</returns>
    [Alias("score"), ResponseTimeout("06:00:00")]
    Task<ImmutableArray<ImmutableArray<float>>> ScoreAsync(
        ImmutableArray<TrainingSequence> sequences, CancellationToken cancellationToken);

    /// <summary>Hands a copy of the weights to its silo as <paramref name="version"/>.</summary>
    [Alias("publish"), ResponseTimeout("00:30:00")]
    Task PublishAsync(PolicyVersion version, CancellationToken cancellationToken);

    /// <summary>Writes the weights and the tokenizer to a folder in Hugging Face's format.</summary>
    [Alias("save"), ResponseTimeout("00:30:00")]
    Task SaveAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Frees the device thread and the weights; returns when nothing of the rank runs.</summary>
    [Alias("stop")]
    Task StopAsync(CancellationToken cancellationToken);
}
