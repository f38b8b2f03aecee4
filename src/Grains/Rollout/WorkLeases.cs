namespace SeedOrleans.Grains.Rollout;

/// <summary>Which worker has which responses of a collection, by place.</summary>
internal sealed class WorkLeases
{
    private readonly Dictionary<string, (Guid Life, HashSet<int> Places)> _workers = [];

    /// <summary>Notes that a worker asks for work.</summary>
    /// <returns>What an earlier life of it had taken.</returns>
    public IReadOnlyCollection<int> Meet(string worker, Guid life)
    {
        var known = _workers.TryGetValue(worker, out var before);
        if (known && before.Life == life)
            return [];

        _workers[worker] = (life, []);
        return known ? before.Places : [];
    }

    public void Add(string worker, IEnumerable<int> places) => _workers[worker].Places.UnionWith(places);

    public void Clear() => _workers.Clear();
}
