using System.Diagnostics;

namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>A network of two sides that can be cut in the middle, so that both sides live and neither hears of the other.</summary>
/// <remarks>A network namespace of the kernel, joined to this one by a pair of interfaces. Packets are lost in silence; no connection is closed.</remarks>
internal sealed class CutNetwork : IDisposable
{
    public const string Here = "10.77.0.1", There = "10.77.0.2";

    private readonly string _near = $"sdn{Environment.ProcessId % 100000}", _far = $"sdf{Environment.ProcessId % 100000}";

    private CutNetwork() => Namespace = $"seed{Environment.ProcessId}";

    /// <summary>Where <see cref="There"/> is.</summary>
    public string Namespace { get; }

    /// <returns>Null where this process may not make networks.</returns>
    public static CutNetwork? TryMake()
    {
        var network = new CutNetwork();
        string[] commands =
        [
            $"netns add {network.Namespace}",
            $"link add {network._near} type veth peer name {network._far}",
            $"link set {network._far} netns {network.Namespace}",
            $"addr add {Here}/24 dev {network._near}",
            $"link set {network._near} up",
            $"netns exec {network.Namespace} ip addr add {There}/24 dev {network._far}",
            $"netns exec {network.Namespace} ip link set {network._far} up",
            $"netns exec {network.Namespace} ip link set lo up",
        ];
        if (commands.All(network.TryRun))
            return network;

        network.Dispose();
        return null;
    }

    public void Cut() => Assert.True(TryRun($"link set {_near} down"));

    public void Dispose()
    {
        TryRun($"link del {_near}");
        TryRun($"netns del {Namespace}");
    }

    private bool TryRun(string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // There is no such program.
        }
    }
}
