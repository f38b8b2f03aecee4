namespace SeedOrleans.Engine.Planning.Devices;

/// <summary>What a plan needs to know of a device; see <c>devices.json</c>.</summary>
/// <param name="About">For people.</param>
/// <param name="MemoryGb">10⁹ bytes; of a core, its share of the machine's.</param>
/// <param name="Float32Tflops">10¹² dense multiplications and additions a second, as its maker says.</param>
/// <param name="Bfloat16Tflops">As <paramref name="Float32Tflops"/>.</param>
/// <param name="MemoryGbPerSecond">To its own memory.</param>
/// <param name="NodeDevices">Devices of a machine.</param>
/// <param name="LinkGbPerSecond">Between two devices of a machine, each way.</param>
/// <param name="LinkMicroseconds">Before anything comes over the link.</param>
/// <param name="NetworkGbPerSecond">Of each device to other machines, each way.</param>
/// <param name="NetworkMicroseconds">As <paramref name="LinkMicroseconds"/>.</param>
/// <param name="HostGbPerSecond">To where offloaded numbers wait.</param>
/// <param name="OperatorMicroseconds">Before an operator begins; a device beside the processor gets it while the one before it runs.</param>
/// <param name="Efficiency">Part of its operations that large products reach.</param>
public sealed record DeviceKind(
    string Name, string About, double MemoryGb, double Float32Tflops, double Bfloat16Tflops, double MemoryGbPerSecond, int NodeDevices,
    double LinkGbPerSecond, double LinkMicroseconds, double NetworkGbPerSecond, double NetworkMicroseconds, double HostGbPerSecond,
    double OperatorMicroseconds, double Efficiency)
{
    public const string Core = "cpu";

    /// <summary>A core of the machine at hand, which can be tried.</summary>
    public bool IsCore => Name == Core;

    /// <summary>What a process keeps for itself, and gaps between blocks: a plan leaves so much of the memory free.</summary>
    public double UsableMemory => MemoryGb * 1e9 * 0.92;
}
