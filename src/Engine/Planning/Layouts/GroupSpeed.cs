using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Planning.Devices;

namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>How fast ranks of a mesh talk along an axis, one rank on each device, neighbours on the same machine.</summary>
internal sealed class GroupSpeed(DeviceKind device, RankMesh mesh)
{
    private readonly Dictionary<MeshAxis, bool> _areOnOneMachine = [];

    /// <summary>Seconds that an all-gather, a reduce-scatter or an all-to-all takes: each rank has its own part already.</summary>
    /// <param name="all">Bytes of all parts, on each rank.</param>
    public double Exchange(MeshAxis axis, double all)
    {
        var size = mesh.SizeOf(axis);
        if (size == 1)
            return 0;

        var bytes = all * (1 - (1.0 / size));
        var turns = 1 + Math.Log2(size);
        return IsOnOneMachine(axis)
            ? (bytes / (device.LinkGbPerSecond * 1e9)) + (turns * device.LinkMicroseconds * 1e-6)
            : (bytes / (device.NetworkGbPerSecond * 1e9)) + (turns * device.NetworkMicroseconds * 1e-6);
    }

    private bool IsOnOneMachine(MeshAxis axis)
    {
        if (!_areOnOneMachine.TryGetValue(axis, out var known))
            _areOnOneMachine[axis] = known = mesh.GroupOf(axis, 0)[^1] < device.NodeDevices;

        return known;
    }
}
