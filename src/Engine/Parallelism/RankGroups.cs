using System.Globalization;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>One rank's ends of the groups that it computes in, along every axis of its mesh.</summary>
/// <remarks>Axes along which the same ranks lie share one group. The rank's device thread calls one group at a time.</remarks>
public sealed class RankGroups
{
    private readonly Dictionary<string, ICommunicator> _joined = [];
    private readonly Dictionary<MeshAxis, ICommunicator> _byAxis = [];

    private RankGroups(RankMesh mesh, int rank) => (Mesh, Rank) = (mesh, rank);

    public RankMesh Mesh { get; }

    /// <summary>In the mesh.</summary>
    public int Rank { get; }

    public ICommunicator World => this[MeshAxis.World];

    public ICommunicator this[MeshAxis axis] => _byAxis[axis];

    /// <summary>The same ranks' groups once more, for a <see cref="CommunicationThread"/>; null where none were asked for.</summary>
    public RankGroups? Background { get; private set; }

    /// <param name="join">A group's name, this rank's place in it, and its members' ranks in the mesh → this rank's end of it. Asked once for each group.</param>
    /// <param name="background">Whether the rank also talks beside its computing; the same on every rank.</param>
    public static async Task<RankGroups> JoinAsync(
        RankMesh mesh, int rank, Func<string, int, IReadOnlyList<int>, Task<ICommunicator>> join, bool background = false)
    {
        var groups = new RankGroups(mesh, rank);

        // The same order on every rank; a group that is awaited is one that its other members await, too.
        foreach (var axis in Enum.GetValues<MeshAxis>().OrderByDescending(mesh.SizeOf))
        {
            var members = mesh.GroupOf(axis, rank);
            var name = NameOf(members);
            if (!groups._joined.TryGetValue(name, out var end))
                groups._joined[name] = end = members.Count == 1
                    ? new InProcessGroup(1).Ranks[0]
                    : await join(name, mesh.PlaceOf(axis, rank), members).ConfigureAwait(false);

            groups._byAxis[axis] = end;
        }

        // Two threads whose calls interleaved in one group would take each other's tensors.
        if (background && mesh.Size > 1)
            groups.Background = await JoinAsync(mesh, rank, (name, place, members) => join($"{name}/background", place, members)).ConfigureAwait(false);

        return groups;
    }

    /// <summary>A mesh whose only axis is data.</summary>
    public static RankGroups Of(ICommunicator data) =>
        JoinAsync(new RankMesh(data.Size), data.Rank, (_, _, _) => Task.FromResult(data)).GetAwaiter().GetResult();

    /// <summary>One rank of a mesh without the others: <see cref="EchoGroup"/> stands for them.</summary>
    public static RankGroups Alone(RankMesh mesh, int rank = 0) => JoinAsync(
        mesh, rank, (_, place, members) => Task.FromResult<ICommunicator>(new EchoGroup(place, members.Count))).GetAwaiter().GetResult();

    /// <summary>All ranks of a mesh on threads of this process.</summary>
    /// <inheritdoc cref="JoinAsync"/>
    public static IReadOnlyList<RankGroups> InProcess(RankMesh mesh, bool background = false)
    {
        Dictionary<string, InProcessGroup> groups = [];
        return
        [
            .. Enumerable.Range(0, mesh.Size).Select(rank => JoinAsync(mesh, rank, (name, place, members) =>
            {
                if (!groups.TryGetValue(name, out var group))
                    groups[name] = group = new InProcessGroup(members.Count, members);

                return Task.FromResult(group.Ranks[place]);
            }, background).GetAwaiter().GetResult()),
        ];
    }

    /// <returns>The same for the same ranks, which lie at equal distances.</returns>
    private static string NameOf(IReadOnlyList<int> members) => members.Count > 1
        ? string.Create(CultureInfo.InvariantCulture, $"{members[0]}-{members[1]}-{members[^1]}")
        : string.Create(CultureInfo.InvariantCulture, $"{members[0]}");

    /// <summary>Gives up in every group: whoever waits for this rank fails. Any thread may call it.</summary>
    public void Abort(Exception reason)
    {
        foreach (var group in _joined.Values)
            group.Abort(reason);

        Background?.Abort(reason);
    }
}
