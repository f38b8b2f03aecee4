using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Training;

/// <inheritdoc cref="IRankHostGrain"/>
[NamedSiloPlacement]
internal sealed class RankHostGrain(LocalRanks local) : Grain, IRankHostGrain
{
    public Task StartAsync(HostedRanks ranks, RankOrder order, CancellationToken cancellationToken) =>
        Task.WhenAll(ranks.Numbers.Select(number => RankOf(ranks, number).StartAsync(order with { Rank = number }, cancellationToken)));

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
        Task.WhenAll(ranks.Numbers.Select((number, place) => RankFaults.NameAsync(number, AskAsync(ranks, number, rank => ask(rank, place)))));

    private Task<T> AskAsync<T>(HostedRanks ranks, int number, Func<IRankGrain, Task<T>> ask) =>
        local.TryAsk(RunKeys.Rank(ranks.RunId, ranks.Role, number), ask) ?? ask(RankOf(ranks, number));

    private IRankGrain RankOf(HostedRanks ranks, int number) =>
        GrainFactory.GetGrain<IRankGrain>(RunKeys.Rank(ranks.RunId, ranks.Role, number));
}
