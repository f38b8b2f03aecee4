using System.Net;
using System.Net.Sockets;

namespace SeedOrleans.Client.LocalClusters;

/// <summary>Picks ports that stay a silo's from one life to the next.</summary>
/// <remarks>Not from the range that the kernel gives to outgoing connections: one of those could take a dead silo's port before the silo comes back.</remarks>
internal static class SiloPorts
{
    private const int First = 20_000, Last = 32_000;

    /// <returns><paramref name="port"/> where it is a port and nobody has it; another one else.</returns>
    public static int Keep(int port) => port > 0 && IsFree(port) ? port : Pick();

    private static int Pick()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
