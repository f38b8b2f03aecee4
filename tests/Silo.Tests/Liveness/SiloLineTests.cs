using System.Net;
using System.Net.Sockets;
using SeedOrleans.Silo.Liveness;

namespace SeedOrleans.Silo.Tests.Liveness;

public sealed class SiloLineTests : IDisposable
{
    private static readonly SiloAddress Silo = FakeMembership.AddressOf(1), Other = FakeMembership.AddressOf(2);

    private readonly LineListener _listener = new(IPAddress.Loopback, IPAddress.Loopback, TimeProvider.System);

    public SiloLineTests() => _listener.Serve(Silo);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_line_gives_signs_of_life_until_it_closes()
    {
        using var line = await SiloLine.TryOpenAsync(_listener.Advertised, Silo, Cancellation);
        var signs = 0;

        await line!.HoldAsync(
            () =>
            {
                if (++signs == 3)
                    _listener.Dispose();
            },
            Cancellation);

        Assert.InRange(signs, 3, 5);
        Assert.True(await SiloLine.IsRefusedAsync(_listener.Advertised, TimeProvider.System, Cancellation));
    }

    [Fact]
    public async Task There_is_no_line_to_another_silo_at_the_same_place() =>
        Assert.Null(await SiloLine.TryOpenAsync(_listener.Advertised, Other, Cancellation));

    [Fact]
    public async Task A_silo_that_is_there_refuses_nobody() =>
        Assert.False(await SiloLine.IsRefusedAsync(_listener.Advertised, TimeProvider.System, Cancellation));

    /// <summary>As a stopped process would, the kernel answers for whoever does not accept.</summary>
    [Fact]
    public async Task Whoever_only_stands_still_refuses_nobody()
    {
        using var still = new TcpListener(IPAddress.Loopback, 0);
        still.Start();

        Assert.False(await SiloLine.IsRefusedAsync($"{still.LocalEndpoint}", TimeProvider.System, Cancellation));
    }

    [Fact]
    public async Task The_listener_tells_when_the_other_end_is_gone()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _listener.Closed += closed.SetResult;

        (await SiloLine.TryOpenAsync(_listener.Advertised, Silo, Cancellation))!.Dispose();

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }
}
