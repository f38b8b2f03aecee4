using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Policies;
using SeedOrleans.GrainInterfaces.Rollout;

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

    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_workers.Select(worker => worker.StartAsync(runId, spec, epoch, cancellationToken)));

    /// <summary>Waits until the pool has what <paramref name="order"/> asks for.</summary>
    public async Task<CollectedGroups> CollectAsync(CollectionOrder order, CancellationToken cancellationToken)
    {
        await _pool.OpenAsync(order with { Epoch = epoch }, cancellationToken);
        while (true)
        {
            if (await _pool.CollectAsync(order.CollectionId, cancellationToken) is { } collected)
                return collected;

            // A worker that died would leave the pool waiting for ever.
            await Task.WhenAll(_workers.Select(worker => worker.CheckAsync(cancellationToken)));
        }
    }

    /// <summary>Lets go of a version that no later collection asks for.</summary>
    public Task RetireAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        grains.GetGrain<IPolicyVersionGrain>(RunKeys.PolicyVersion(runId, version)).RetireAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _pool.CloseAsync(cancellationToken);
        await Task.WhenAll(_workers.Select(worker => worker.StopAsync(cancellationToken)));
    }
}
