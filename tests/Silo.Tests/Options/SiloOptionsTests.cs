using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using SeedOrleans.Silo.Options;
using SeedOptions = SeedOrleans.Silo.Options.SiloOptions;

namespace SeedOrleans.Silo.Tests.Options;

public sealed class SiloOptionsTests
{
    private static readonly string[] FreePorts = ["--silo-port", "0", "--gateway-port", "0"];

    [Fact]
    public void Worked_example()
    {
        var options = Parse(
            "--name", "silo-3", "--device-slots", "6", "--probe-timeout", "0.5", "--missed-probes", "4", "--votes", "1", "--table-refresh", "20",
            "--alive-period", "3", "--listen", "0.0.0.0", "--advertise", "127.0.0.1:12345", "--scheduled-events", "azure", "--vm-name", "vm-1",
            "--drain-seconds", "7");

        Assert.Equal(("silo-3", 6, "vm-1", TimeSpan.FromSeconds(7)), (options.Name, options.DeviceSlots, options.VmName, options.DrainTime));
        Assert.Equal("http://169.254.169.254/metadata/scheduledevents?api-version=2020-07-01", options.ScheduledEvents!.AbsoluteUri);
        Assert.Equal((IPAddress.Any, IPAddress.Loopback, 12345), (options.Addresses.Listen, options.Addresses.Advertised, options.Addresses.AdvertisedSiloPort));
        Assert.NotEqual(12345, options.Addresses.SiloPort);

        var membership = new ClusterMembershipOptions();
        options.Membership.Set(membership);
        Assert.Equal((TimeSpan.FromSeconds(0.5), 4, 1), (membership.ProbeTimeout, membership.NumMissedProbesLimit, membership.NumVotesForDeathDeclaration));
        Assert.Equal((TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(3)), (membership.TableRefreshTimeout, membership.IAmAliveTablePublishTimeout));
    }

    [Fact]
    public void A_silo_that_is_told_nothing_is_on_loopback_with_a_slot_for_each_core()
    {
        var options = Parse();

        Assert.Equal((IPAddress.Loopback, IPAddress.Loopback), (options.Addresses.Listen, options.Addresses.Advertised));
        Assert.Equal(options.Addresses.SiloPort, options.Addresses.AdvertisedSiloPort);
        Assert.Equal(Environment.ProcessorCount, options.DeviceSlots);
        Assert.Null(options.ScheduledEvents);
        Assert.Null(options.Name);
    }

    [Fact]
    public void Certificates_of_ranks_are_given_all_three_or_none()
    {
        Assert.Null(Parse().PeerTls);
        var lacking = Assert.Throws<SiloOptionsException>(() => Parse("--peer-certificate", "silo.crt", "--peer-key", "silo.key"));
        var missing = Assert.Throws<SiloOptionsException>(
            () => Parse("--peer-certificate", "none.crt", "--peer-key", "none.key", "--peer-authority", "none.ca"));

        Assert.Contains("--peer-authority", lacking.Message, StringComparison.Ordinal);
        Assert.Contains("none.ca", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_says_the_same_and_the_command_line_says_it_louder()
    {
        var environment = new Dictionary<string, string> { ["SEED_DEVICE_SLOTS"] = "3", ["SEED_DRAIN_SECONDS"] = "2", ["SEED_NAME"] = "" };

        var options = SeedOptions.Parse([.. FreePorts, "--drain-seconds", "4"], environment.GetValueOrDefault);

        Assert.Equal((3, TimeSpan.FromSeconds(4), null), (options.DeviceSlots, options.DrainTime, options.Name));
    }

    [Fact]
    public void A_silo_behind_a_proxy_listens_on_every_interface_and_advertises_an_address_that_is_none_of_its_own()
    {
        var addresses = Parse("--listen", "0.0.0.0", "--advertise", "192.0.2.1:7").Addresses;

        Assert.Equal((IPAddress.Any, IPAddress.Parse("192.0.2.1")), (addresses.Listen, addresses.Advertised));
        Assert.Equal("192.0.2.1:7", $"{addresses.Silo}");
    }

    [Fact]
    public void Whoever_dies_with_its_parent_does_not_drain() => Assert.Equal(TimeSpan.Zero, Parse("--die-with-parent", "--drain-seconds", "9").DrainTime);

    [Fact]
    public void An_endpoint_of_scheduled_events_keeps_the_version_that_it_asks_for() => Assert.Equal(
        "http://127.0.0.1:8/x?api-version=2019-08-01",
        Parse("--scheduled-events", "http://127.0.0.1:8/x?api-version=2019-08-01", "--vm-name", "a").ScheduledEvents!.AbsoluteUri);

    [Theory]
    [InlineData("--device-slots", "from 0 to", "--device-slots", "-1")]
    [InlineData("--drain-seconds", "from 0 to 20", "--drain-seconds", "21")]
    [InlineData("--probe-timeout", "seconds from 0.1", "--probe-timeout", "-1")]
    [InlineData("--missed-probes", "from 1", "--missed-probes", "x")]
    [InlineData("--votes", "from 1", "--votes", "0")]
    [InlineData("--table-refresh", "seconds from", "--table-refresh", "soon")]
    [InlineData("--alive-period", "seconds from", "--alive-period", "0")]
    [InlineData("--listen", "--advertise HOST", "--listen", "0.0.0.0")]
    [InlineData("--advertise", "HOST:PORT", "--advertise", "127.0.0.1:0")]
    [InlineData("192.0.2.1", "--listen", "--listen", "192.0.2.1")]
    [InlineData("--scheduled-events", "--vm-name", "--scheduled-events", "azure")]
    [InlineData("--scheduled-events", "azure", "--scheduled-events", "ftp://x", "--vm-name", "a")]
    [InlineData("--membership", "blob or azure-table", "--membership", "redis")]
    [InlineData("--membership azure-table", "--storage azure:", "--membership", "azure-table")]
    [InlineData("--grain-storage azure-blob", "-p:AzureProviders=true", "--grain-storage", "azure-blob", "--storage", "azure:UseDevelopmentStorage=true")]
    [InlineData("--nonsense", "--name NAME", "--nonsense", "1")]
    [InlineData("--name", "lacks its value", "--name")]
    public void What_cannot_be_is_refused_by_name_with_the_way_out(string named, string wayOut, params string[] arguments)
    {
        var refusal = Assert.Throws<SiloOptionsException>(() => Parse(arguments));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(wayOut, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_is_refused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var refusal = Assert.Throws<SiloOptionsException>(() => Parse("--silo-port", $"{((IPEndPoint)taken.LocalEndpoint).Port}"));

        Assert.Contains("--silo-port N", refusal.Message, StringComparison.Ordinal);
    }

    private static SeedOptions Parse(params string[] arguments) => SeedOptions.Parse([.. FreePorts, .. arguments], _ => null);
}
