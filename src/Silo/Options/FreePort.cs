using System.Net;
using System.Net.Sockets;

namespace SeedOrleans.Silo.Options;

/// <summary>Looks at ports before the silo does, because its own error comes late and names no option.</summary>
internal static class FreePort
{
    /// <returns><paramref name="port"/>, or any free one where that is 0.</returns>
    /// <exception cref="SiloOptionsException">Somebody listens on the port, or the address is not this machine's.</exception>
    public static int OrGiven(IPAddress address, int port, string option)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw new SiloOptionsException(
                $"Port {port} of {address} is not to be had ({taken.SocketErrorCode}); end the process that uses it, "
                + $"or give another one: {option} N, where 0 takes any free one.");
        }
        catch (SocketException foreign) when (foreign.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            throw new SiloOptionsException(
                $"{address} is no address of this machine; give --listen one that is, and --advertise the one by which others reach it.");
        }

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
