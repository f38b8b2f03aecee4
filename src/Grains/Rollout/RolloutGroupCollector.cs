using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Policies;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Rollout;

/// <summary>A run's workers and pool, as its controller uses them: start, gather groups with a policy version, stop.</summary>
internal sealed class RolloutGroupCollector(IGrainFactory grains, string runId, RunSpec spec, long epoch)
{
    private readonly IRolloutWorkerGrain[] _workers =
    [
        .. Enumerable.Range(0, spec.Rollout.Workers)
            .Select(worker => grains.GetGrain<IRolloutWorkerGrain>(RunKeys.Worker(runId, worker))),
    ];

    private readonly ISamplePoolGrain _pool = grains.GetGrain<ISamplePoolGrain>(runId);

    /// <summary>Of each worker, since <see cref="StartAsync"/>.</summary>
    public ImmutableArray<ActorPlace> Places { get; private set; } = [];

    /// <param name="silos">Where to bring each worker that is not at work; a null leaves that to placement.</param>
    public async Task StartAsync(IReadOnlyList<SiloAddress?> silos, CancellationToken cancellationToken)
    {
        await _pool.FenceAsync(epoch, cancellationToken);
        Places = [.. await Task.WhenAll(_workers.Select(async (worker, number) =>
        {
            var place = await GrainPlaces.BringAsync(worker, silos.ElementAtOrDefault(number), cancellationToken);
            await worker.StartAsync(runId, spec, epoch, cancellationToken);
            return place;
        }))];
    }

    /// <summary>Waits until the pool has what <paramref name="order"/> asks for.</summary>
    /// <param name="look">Is called about every second meanwhile; may end the wait by what it throws.</param>
    public async Task<CollectedGroups> CollectAsync(CollectionOrder order, Action look, CancellationToken cancellationToken)
    {
        await _pool.OpenAsync(order with { Epoch = epoch }, cancellationToken);
        while (true)
        {
            if (await _pool.CollectAsync(epoch, order.CollectionId, cancellationToken) is { } collected)
                return collected;

            look();

            // A worker that died would leave the pool waiting for ever.
            await Task.WhenAll(_workers.Select(worker => worker.CheckAsync(epoch, cancellationToken)));
        }
    }

    /// <summary>Lets go of a version that no later collection asks for.</summary>
    public Task RetireAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        grains.GetGrain<IPolicyVersionGrain>(RunKeys.PolicyVersion(runId, version)).RetireAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _pool.CloseAsync(epoch, cancellationToken);
        await Task.WhenAll(_workers.Select(worker => worker.StopAsync(epoch, cancellationToken)));
    }
}
