using System.Collections.Concurrent;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>The groups of this process by name, so that ranks which start one by one find each other.</summary>
public sealed class InProcessGroups(GroupEpochs epochs)
{
    private readonly ConcurrentDictionary<GroupName, Lazy<InProcessGroup>> _groups = new();

    /// <summary>The first to ask makes the group.</summary>
    /// <exception cref="PeerLostException">A newer epoch has begun.</exception>
    public ICommunicator Join(GroupName name, int rank, int size) => Join(name, rank, [.. Enumerable.Range(0, size)]);

    /// <param name="members">What to call each rank when it fails, by rank.</param>
    /// <inheritdoc cref="Join(GroupName, int, int)"/>
    public ICommunicator Join(GroupName name, int rank, IReadOnlyList<int> members)
    {
        var over = epochs.Enter(name);
        var group = _groups.GetOrAdd(name, _ => new Lazy<InProcessGroup>(() => Make(name, members, over))).Value;
        return group.Ranks.Count == members.Count
            ? group.Ranks[rank]
            : throw new ArgumentException($"Group {name} has {group.Ranks.Count} ranks, not {members.Count}.", nameof(members));
    }

    /// <summary>Forgets a group; members that still hold it can finish.</summary>
    public void Remove(GroupName name) => _groups.TryRemove(name, out _);

    private InProcessGroup Make(GroupName name, IReadOnlyList<int> members, CancellationToken over)
    {
        var group = new InProcessGroup(members.Count, members);
        over.UnsafeRegister(
            _ =>
            {
                Remove(name);
                group.End(epochs.WhyOver(name));
            },
            null);

        return group;
    }
}
