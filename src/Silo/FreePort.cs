using System.Net;
using System.Net.Sockets;

namespace SeedOrleans.Silo;

/// <summary>Looks at ports before the silo does, because its own error comes late and names no option.</summary>
internal static class FreePort
{
    /// <returns><paramref name="port"/>, or any free one where that is 0.</returns>
    /// <exception cref="SiloOptionsException">Somebody listens on the port.</exception>
    public static int OrGiven(int port, string option)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw new SiloOptionsException(
                $"Port {port} of 127.0.0.1 is not to be had ({taken.SocketErrorCode}); end the process that uses it, "
                + $"or give another one: {option} N, where 0 takes any free one.");
        }

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
