using System.Net;
using System.Net.Sockets;

namespace SeedOrleans.Processes.Tests;

[Trait("Category", "EndToEnd")]
public sealed class SiloProcessTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_silo_that_dies_with_its_parent_ends_when_its_input_closes()
    {
        await using var silo = SeedProcess.Silo("--silo-port", "0", "--gateway-port", "0", "--data", _data.Path, "--die-with-parent");
        await silo.LineWithAsync("ready gateway=127.0.0.1:");

        silo.CloseInput();

        Assert.Equal(0, (await silo.EndAsync()).Code);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_in_one_line_that_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";

        await RefusesAsync(port, "--silo-port", "0", "--gateway-port", port, "--data", _data.Path);
    }

    [Theory]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("99999", "--gateway-port", "99999")]
    [InlineData("/dev/null/x", "--silo-port", "0", "--gateway-port", "0", "--data", "/dev/null/x")]
    public Task An_option_that_cannot_be_is_refused_by_name(string name, params string[] options) => RefusesAsync(name, options);

    private static async Task RefusesAsync(string saying, params string[] options)
    {
        await using var silo = SeedProcess.Silo(options);
        var ending = await silo.EndAsync();

        Assert.Equal(2, ending.Code);
        Assert.Contains(saying, Assert.Single(ending.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
