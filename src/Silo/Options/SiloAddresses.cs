using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SeedOrleans.Silo.Options;

/// <summary>Where a silo listens, and where others find it: not the same behind a proxy, or where it listens on every interface.</summary>
/// <param name="Listen">For silos, clients, ranks, and lines between silos.</param>
/// <param name="Advertised">Others reach the silo here; its gateway, ranks and line too, on the ports that they have.</param>
internal sealed record SiloAddresses(IPAddress Listen, IPAddress Advertised, int SiloPort, int AdvertisedSiloPort, int GatewayPort)
{
    public const int DefaultSiloPort = 11111, DefaultGatewayPort = 30000;

    public static readonly SiloAddresses Loopback = new(IPAddress.Loopback, IPAddress.Loopback, DefaultSiloPort, DefaultSiloPort, DefaultGatewayPort);

    public IPEndPoint Gateway => new(Advertised, GatewayPort);

    public IPEndPoint Silo => new(Advertised, AdvertisedSiloPort);

    /// <exception cref="SiloOptionsException">An address is not to be had.</exception>
    public static SiloAddresses Of(SiloSettings said)
    {
        var listen = Resolve("listen", said.Text("listen") ?? "127.0.0.1");
        var (host, port) = Split(said.Text("advertise"));
        if (IsAny(listen) && host is null)
            throw new SiloOptionsException($"--listen {listen} takes connections on every interface, so others need to be told one: --advertise HOST.");

        var advertised = host is null ? listen : Resolve("advertise", host);
        if (IsAny(advertised))
            throw new SiloOptionsException($"--advertise {advertised} is no address that anybody can reach; give the one by which other machines know this one.");

        var siloPort = FreePort.OrGiven(listen, said.Number("silo-port", DefaultSiloPort, 0, ushort.MaxValue, "port"), "--silo-port");
        var gatewayPort = FreePort.OrGiven(listen, said.Number("gateway-port", DefaultGatewayPort, 0, ushort.MaxValue, "port"), "--gateway-port");
        return new SiloAddresses(listen, advertised, siloPort, port ?? siloPort, gatewayPort);
    }

    private static (string? Host, int? Port) Split(string? advertise)
    {
        if (advertise is null || IPAddress.TryParse(advertise, out _))
            return (advertise, null);

        var colon = advertise.LastIndexOf(':');
        if (colon < 0)
            return (advertise, null);

        return colon > 0 && ushort.TryParse(advertise.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? (advertise[..colon].Trim('[', ']'), port)
            : throw new SiloOptionsException($"--advertise {advertise} is no address; give HOST, or HOST:PORT with a port from 1 to 65535.");
    }

    private static IPAddress Resolve(string option, string host)
    {
        if (IPAddress.TryParse(host, out var address))
            return address;

        try
        {
            var addresses = Dns.GetHostAddresses(host);
            return addresses.FirstOrDefault(found => found.AddressFamily == AddressFamily.InterNetwork) ?? addresses.First();
        }
        catch (Exception unknown) when (unknown is SocketException or InvalidOperationException or ArgumentException)
        {
            throw new SiloOptionsException($"--{option} {host} is the name of no machine ({unknown.Message}); give an address, or a name that resolves to one.");
        }
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
