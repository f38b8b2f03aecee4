using SeedOrleans.GrainInterfaces.Rollout;

namespace SeedOrleans.Grains.Rollout;

/// <summary>Which worker has which responses of a collection, by place.</summary>
internal sealed class WorkLeases
{
    private readonly Dictionary<string, (Guid Life, HashSet<int> Places)> _workers = [];

    public bool Knows(WorkerLife worker) => _workers.TryGetValue(worker.Worker, out var known) && known.Life == worker.Life;

    /// <summary>Notes that a worker asks for work.</summary>
    /// <returns>What an earlier life of it had taken.</returns>
    public IReadOnlyCollection<int> Meet(WorkerLife worker)
    {
        var known = _workers.TryGetValue(worker.Worker, out var before);
        if (known && before.Life == worker.Life)
            return [];

        _workers[worker.Worker] = (worker.Life, []);
        return known ? before.Places : [];
    }

    public void Add(WorkerLife worker, IEnumerable<int> places) => _workers[worker.Worker].Places.UnionWith(places);

    public void Clear() => _workers.Clear();
}
