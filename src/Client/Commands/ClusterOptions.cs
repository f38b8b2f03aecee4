using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.LocalClusters;

namespace SeedOrleans.Client.Commands;

/// <summary>The options by which a command finds its cluster.</summary>
internal sealed class ClusterOptions
{
    private const string DefaultGateway = "127.0.0.1:30000";

    public ClusterOptions() => Address.Validators.Add(CheckAddress);

    public Option<string?> Address { get; } = new("--address")
    {
        Description = $"Gateway of a silo. Without this and --storage: the cluster that 'seed cluster up' started in ./runs, or {DefaultGateway}.",
        HelpName = "HOST:PORT",
    };

    public Option<string?> Storage { get; } = new("--storage")
    {
        Description = "Storage of a cluster, FOLDER or azure:…; it finds whichever silos live.",
        HelpName = "PLACE",
    };

    public ClusterPlace Read(ParseResult parsed)
    {
        if (parsed.GetValue(Storage) is { } storage)
            return new ClusterPlace(Gateway: null, storage);

        if (parsed.GetValue(Address) is { } address)
            return new ClusterPlace(address, Storage: null);

        return LocalClusterFile.Find(LocalClusterFile.DefaultFolder) is { } local
            ? new ClusterPlace(Gateway: null, local.Storage)
            : new ClusterPlace(DefaultGateway, Storage: null);
    }

    private static void CheckAddress(OptionResult result)
    {
        var address = result.GetValueOrDefault<string>() ?? "";
        var colon = address.LastIndexOf(':');

        if (colon <= 0 || !ushort.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            result.AddError($"'{address}' is no address; write HOST:PORT, for example 127.0.0.1:30000.");
    }
}
