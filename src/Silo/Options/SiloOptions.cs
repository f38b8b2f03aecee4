using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Silo.Options;

/// <summary>What a silo is told on its command line (<c>--gateway-port 30000</c>) or in its environment (<c>SEED_GATEWAY_PORT</c>).</summary>
internal sealed record SiloOptions
{
    private const string Flag = "die-with-parent";

    /// <summary>Option, and what it takes.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["name"] = "NAME",
        ["silo-port"] = "N",
        ["gateway-port"] = "N",
        ["listen"] = "HOST",
        ["advertise"] = "HOST[:PORT]",
        ["peer-certificate"] = "FILE",
        ["peer-key"] = "FILE",
        ["peer-authority"] = "FILE",
        ["data"] = "FOLDER",
        ["storage"] = "FOLDER|azure:…",
        ["cluster-id"] = "NAME",
        ["membership"] = "blob|azure-table",
        ["grain-storage"] = "blob|azure-blob",
        ["device-slots"] = "N",
        ["probe-timeout"] = "SECONDS",
        ["missed-probes"] = "N",
        ["votes"] = "N",
        ["table-refresh"] = "SECONDS",
        ["alive-period"] = "SECONDS",
        ["scheduled-events"] = "azure|URL",
        ["vm-name"] = "NAME",
        ["drain-seconds"] = "N",
    };

    /// <summary>By which people call it; null takes one that Orleans makes up.</summary>
    public string? Name { get; init; }

    public SiloAddresses Addresses { get; init; } = SiloAddresses.Loopback;

    /// <summary>What ranks show to ranks of other silos, and ask of them; null leaves their connections bare.</summary>
    public PeerTls? PeerTls { get; init; }

    /// <summary>Runs write their metrics and policies to folders in here; an absolute path.</summary>
    public string DataFolder { get; init; } = Path.GetFullPath("runs");

    /// <summary>Everything durable: a folder, or <c>azure:…</c>. Given, all silos with the same one are a cluster; null is a cluster of one, in the data folder.</summary>
    public string? Storage { get; init; }

    public string ClusterId { get; init; } = SeedSilo.ClusterId;

    /// <summary>Orleans' own providers for Azure in place of ours on the blob store.</summary>
    public bool MembershipInAzureTable { get; init; }

    public bool GrainStorageInAzureBlobs { get; init; }

    /// <summary>Ranks and workers that this machine computes for at once; more share its cores. 0 makes a silo that only judges.</summary>
    public int DeviceSlots { get; init; } = Environment.ProcessorCount;

    public MembershipTimings Membership { get; init; } = new();

    /// <summary>Where a cloud says in advance that it takes this machine away; null asks nobody.</summary>
    public Uri? ScheduledEvents { get; init; }

    /// <summary>This machine in the cloud's words.</summary>
    public string VmName { get; init; } = "";

    /// <summary>How long a silo that was told to leave waits for its work to be handed over.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>End when standard input closes, as it does when the process that started this one ends, however it ends.</summary>
    public bool DiesWithParent { get; init; }

    /// <exception cref="SiloOptionsException">An option is unknown, has no value, or cannot be what it says.</exception>
    public static SiloOptions Parse(IReadOnlyList<string> arguments) => Parse(arguments, Environment.GetEnvironmentVariable);

    public static SiloOptions Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var said = new SiloSettings(arguments, Known, Flag, environment);
        var options = new SiloOptions
        {
            Name = said.Text("name"),
            Addresses = SiloAddresses.Of(said),
            PeerTls = PeerTlsOf(said),
            DataFolder = Path.GetFullPath(said.Text("data") ?? "runs"),
            Storage = said.Text("storage"),
            ClusterId = said.Text("cluster-id") ?? SeedSilo.ClusterId,
            MembershipInAzureTable = said.Choice("membership", "blob", "azure-table") != "blob",
            GrainStorageInAzureBlobs = said.Choice("grain-storage", "blob", "azure-blob") != "blob",
            DeviceSlots = said.Number("device-slots", Environment.ProcessorCount, 0, 1024, "count of device slots"),
            Membership = MembershipTimings.Of(said),
            ScheduledEvents = ScheduledEventsAt(said.Text("scheduled-events")),
            VmName = said.Text("vm-name") ?? "",
            DiesWithParent = said.Has(Flag),
        };

        if (options.ScheduledEvents is not null && options.VmName.Length == 0)
            throw new SiloOptionsException("--scheduled-events lists events of many machines; say which is this one: --vm-name NAME, as the cloud calls it.");

        AzureProviders.Check(options);
        return options with
        {
            // Whoever would take over is not there, or is told by nobody.
            DrainTime = options.DiesWithParent ? TimeSpan.Zero : said.Seconds("drain-seconds", fallback: 15, least: 0, most: 20),
        };
    }

    private static PeerTls? PeerTlsOf(SiloSettings said)
    {
        string[] names = ["peer-certificate", "peer-key", "peer-authority"];
        var files = names.Select(said.Text).OfType<string>().ToArray();
        if (files.Length == 0)
            return null;

        if (files.Length < names.Length)
            throw new SiloOptionsException($"--{string.Join(", --", names)} belong together; give all three or none.");

        try
        {
            return PeerTls.Load(files[0], files[1], files[2]);
        }
        catch (FormatException unfit)
        {
            throw new SiloOptionsException(unfit.Message);
        }
    }

    private static Uri? ScheduledEventsAt(string? place)
    {
        const string Version = "api-version=2020-07-01";
        if (place is null)
            return null;

        var text = place == "azure" ? "http://169.254.169.254/metadata/scheduledevents" : place;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new UriBuilder(address) { Query = address.Query.Contains("api-version=", StringComparison.Ordinal) ? address.Query : Version }.Uri
            : throw new SiloOptionsException($"--scheduled-events {place} is no address; give azure, or the URL of an endpoint that answers as Azure's does.");
    }
}
