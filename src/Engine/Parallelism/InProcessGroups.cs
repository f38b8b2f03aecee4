using System.Collections.Concurrent;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>The groups of this process by name, so that ranks which start one by one find each other.</summary>
public sealed class InProcessGroups
{
    private readonly ConcurrentDictionary<string, Lazy<InProcessGroup>> _groups = new();

    /// <summary>The first to ask makes the group.</summary>
    public ICommunicator Join(string name, int rank, int size)
    {
        var group = _groups.GetOrAdd(name, _ => new Lazy<InProcessGroup>(() => new InProcessGroup(size))).Value;
        return group.Ranks.Count == size
            ? group.Ranks[rank]
            : throw new ArgumentException($"Group {name} has {group.Ranks.Count} ranks, not {size}.", nameof(size));
    }

    /// <summary>Forgets a group; members that still hold it can finish.</summary>
    public void Remove(string name) => _groups.TryRemove(name, out _);
}
