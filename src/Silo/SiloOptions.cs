using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SeedOrleans.Silo;

/// <summary>What a silo is told on its command line (<c>--gateway-port 30000</c>) or in its environment (<c>SEED_GATEWAY_PORT</c>).</summary>
internal sealed record SiloOptions
{
    public const int DefaultSiloPort = 11111, DefaultGatewayPort = 30000;

    /// <summary>Silos talk to each other on this port of the loopback interface.</summary>
    public required int SiloPort { get; init; }

    /// <summary>Clients connect to this port of the loopback interface.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>Runs write their metrics and policies to folders in here; an absolute path.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Everything durable: a folder, or <c>azure:…</c>. Given, all silos with the same one are a cluster; null is a cluster of one, in the data folder.</summary>
    public required string? Storage { get; init; }

    public required string ClusterId { get; init; }

    /// <summary>End when standard input closes, as it does when the process that started this one ends, however it ends.</summary>
    public required bool DiesWithParent { get; init; }

    /// <exception cref="SiloOptionsException">An option is unknown, has no value, or cannot be what it says.</exception>
    public static SiloOptions Parse(IReadOnlyList<string> arguments)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["silo-port"] = Environment.GetEnvironmentVariable("SEED_SILO_PORT"),
                ["gateway-port"] = Environment.GetEnvironmentVariable("SEED_GATEWAY_PORT"),
                ["data"] = Environment.GetEnvironmentVariable("SEED_DATA"),
                ["storage"] = Environment.GetEnvironmentVariable("SEED_STORAGE"),
                ["cluster-id"] = Environment.GetEnvironmentVariable("SEED_CLUSTER_ID"),
            })
            .AddInMemoryCollection(CommandLine(arguments))
            .Build();

        return new SiloOptions
        {
            SiloPort = FreePort.OrGiven(Port(settings, "silo-port", DefaultSiloPort), "--silo-port"),
            GatewayPort = FreePort.OrGiven(Port(settings, "gateway-port", DefaultGatewayPort), "--gateway-port"),
            DataFolder = Path.GetFullPath(settings["data"] ?? "runs"),
            Storage = settings["storage"],
            ClusterId = settings["cluster-id"] ?? SeedSilo.ClusterId,
            DiesWithParent = settings["die-with-parent"] is not null,
        };
    }

    private static Dictionary<string, string?> CommandLine(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<string, string?>();
        for (var at = 0; at < arguments.Count; at++)
            switch (arguments[at])
            {
                case "--die-with-parent":
                    given["die-with-parent"] = "true";
                    break;
                case "--silo-port" or "--gateway-port" or "--data" or "--storage" or "--cluster-id" when at + 1 < arguments.Count:
                    given[arguments[at][2..]] = arguments[++at];
                    break;
                default:
                    throw new SiloOptionsException(
                        $"\"{arguments[at]}\" is no option of a silo, or lacks its value; there are "
                        + "--silo-port N, --gateway-port N, --data FOLDER, --storage FOLDER|azure:…, --cluster-id NAME and --die-with-parent.");
            }

        return given;
    }

    private static int Port(IConfiguration settings, string key, int fallback) =>
        settings[key] is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue ? port
        : throw new SiloOptionsException($"--{key} {text} is no port; give a number from 0 (any free one) to 65535.");
}
