using System.Collections.Immutable;
using Orleans.Concurrency;
using SeedOrleans.Domain.Policies;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>
/// Speaks for the ranks that one silo hosts, so that a controller says a thing once to a silo and not once to every rank.
/// Key: the silo's address, as Orleans writes it; the grain lives there and nowhere else.
/// </summary>
/// <remarks>
/// It remembers nothing: every call says which ranks it is for, and one that has moved is found where it is. Epochs, repetition and failures are as
/// <see cref="IRankGrain"/> promises them. A call returns when all its ranks have answered, and fails with the failure of the lowest of them that failed.
/// </remarks>
[Alias("seed.rank-host")]
public interface IRankHostGrain : IGrainWithStringKey
{
    /// <param name="order">The same for all ranks, but for <see cref="RankOrder.Rank"/>, which is filled in here.</param>
    [Alias("start"), ResponseTimeout("00:30:00"), AlwaysInterleave]
    Task StartAsync(HostedRanks ranks, RankOrder order, CancellationToken cancellationToken);

    /// <param name="order">The same for all ranks, but for <see cref="UpdateOrder.Share"/>, which is filled in here.</param>
    [Alias("update"), ResponseTimeout("06:00:00"), AlwaysInterleave]
    Task<HostedReports> UpdateAsync(HostedRanks ranks, UpdateOrder order, HostedShares shares, CancellationToken cancellationToken);

    /// <returns>For each share, log π of every response token of each of its sequences; ranks that have the same share say the same.</returns>
    [Alias("score"), ResponseTimeout("06:00:00"), AlwaysInterleave]
    Task<ImmutableArray<ImmutableArray<ImmutableArray<float>>>> ScoreAsync(HostedRanks ranks, HostedShares shares, CancellationToken cancellationToken);

    [Alias("publish"), ResponseTimeout("00:30:00"), AlwaysInterleave]
    Task PublishAsync(HostedRanks ranks, PolicyVersion version, CancellationToken cancellationToken);

    /// <returns>The hashes of the ranks' weights, each once: a single one where all are well.</returns>
    [Alias("hash"), ResponseTimeout("00:30:00"), AlwaysInterleave]
    Task<ImmutableArray<string>> HashAsync(HostedRanks ranks, CancellationToken cancellationToken);

    [Alias("copy-checkpoint"), ResponseTimeout("00:30:00"), AlwaysInterleave]
    Task CopyCheckpointAsync(HostedRanks ranks, string checkpoint, CancellationToken cancellationToken);

    [Alias("write-checkpoint"), ResponseTimeout("06:00:00"), AlwaysInterleave]
    Task<ImmutableArray<ShardReport>> WriteCheckpointAsync(HostedRanks ranks, string checkpoint, CancellationToken cancellationToken);

    [Alias("save"), ResponseTimeout("00:30:00"), AlwaysInterleave]
    Task SaveAsync(HostedRanks ranks, string folder, CancellationToken cancellationToken);
}
