using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Training;

/// <inheritdoc cref="IRankHostGrain"/>
[NamedSiloPlacement]
internal sealed class RankHostGrain : Grain, IRankHostGrain
{
    public Task StartAsync(HostedRanks ranks, RankOrder order, CancellationToken cancellationToken) =>
        AllAsync(ranks, (rank, place) => rank.StartAsync(order with { Rank = ranks.Numbers[place] }, cancellationToken));

    public async Task<HostedReports> UpdateAsync(HostedRanks ranks, UpdateOrder order, HostedShares shares, CancellationToken cancellationToken)
    {
        UpdateOrder[] orders = [.. shares.Shares.Select(share => order with { Share = share })];
        return HostedReports.Of(await AllAsync(ranks, (rank, place) => rank.UpdateAsync(orders[shares.Places[place]], cancellationToken)));
    }

    public async Task<ImmutableArray<ImmutableArray<ImmutableArray<float>>>> ScoreAsync(
        HostedRanks ranks, HostedShares shares, CancellationToken cancellationToken)
    {
        var scores = await AllAsync(ranks, (rank, place) => rank.ScoreAsync(ranks.Epoch, shares.Shares[shares.Places[place]], cancellationToken));
        return [.. shares.Shares.Select((_, share) => scores[shares.Places.IndexOf(share)])];
    }

    public Task PublishAsync(HostedRanks ranks, PolicyVersion version, CancellationToken cancellationToken) =>
        AllAsync(ranks, (rank, _) => rank.PublishAsync(ranks.Epoch, version, cancellationToken));

    public async Task<ImmutableArray<string>> HashAsync(HostedRanks ranks, CancellationToken cancellationToken) =>
        [.. (await AllAsync(ranks, (rank, _) => rank.HashAsync(ranks.Epoch, cancellationToken))).Distinct()];

    public Task CopyCheckpointAsync(HostedRanks ranks, string checkpoint, CancellationToken cancellationToken) =>
        AllAsync(ranks, (rank, _) => rank.CopyCheckpointAsync(ranks.Epoch, checkpoint, cancellationToken));

    public async Task<ImmutableArray<ShardReport>> WriteCheckpointAsync(HostedRanks ranks, string checkpoint, CancellationToken cancellationToken) =>
        [.. (await AllAsync(ranks, (rank, _) => rank.WriteCheckpointAsync(ranks.Epoch, checkpoint, cancellationToken))).SelectMany(written => written)];

    public Task SaveAsync(HostedRanks ranks, string folder, CancellationToken cancellationToken) =>
        AllAsync(ranks, (rank, _) => rank.SaveAsync(ranks.Epoch, folder, cancellationToken));

    private async Task AllAsync(HostedRanks ranks, Func<IRankGrain, int, Task> ask) =>
        await AllAsync(ranks, async (rank, place) =>
        {
            await ask(rank, place);
            return true;
        });

    /// <param name="ask">Takes a rank, and its place among <paramref name="ranks"/>.</param>
    private Task<T[]> AllAsync<T>(HostedRanks ranks, Func<IRankGrain, int, Task<T>> ask) =>
        Task.WhenAll(ranks.Numbers.Select(async (number, place) =>
        {
            try
            {
                return await ask(GrainFactory.GetGrain<IRankGrain>(RunKeys.Rank(ranks.RunId, ranks.Role, number)), place);
            }
            catch (Exception fault) when (!TellsWhere(fault))
            {
                throw new PeerFailedException(number, fault);
            }
        }));

    /// <summary>A lost actor and a failed peer are named already, and of a store or a cancellation it does not matter which rank met it.</summary>
    private static bool TellsWhere(Exception fault) =>
        fault is PeerFailedException or IOException or OperationCanceledException || LossOfActors.Is(fault);
}
