using System.Net;
using System.Net.Sockets;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class PeerListenerTests : IDisposable
{
    private static readonly Greeting Hello = new(new GroupName("g", 1), From: 1, To: 0, LineUse.Tensors);

    private readonly PeerListener _listener = new(IPAddress.Loopback, new GroupEpochs(), patience: TimeSpan.FromMilliseconds(50));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_connection_that_nobody_comes_for_is_closed() =>
        await Assert.ThrowsAsync<PeerLostException>(() => _listener.ConnectAsync(_listener.EndPoint, Hello, Cancellation));

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed()
    {
        using var silent = await ConnectAsync();

        Assert.Equal(0, await silent.ReceiveAsync(new byte[1], Cancellation));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\x05\0\0\0g\n1\n1")]
    [InlineData("\x0d\0\0\0g\n1\nx\n0\nTensors")]
    public async Task A_connection_that_is_none_of_ours_is_closed(string greeting)
    {
        using var stranger = await ConnectAsync();
        await stranger.SendAsync(greeting.Select(letter => (byte)letter).ToArray(), Cancellation);

        var end = await Record.ExceptionAsync(async () => Assert.Equal(0, await stranger.ReceiveAsync(new byte[1], Cancellation)));

        Assert.True(end is null or SocketException { SocketErrorCode: SocketError.ConnectionReset }, $"{end}");
    }

    /// <summary>And the next of that name is a new one.</summary>
    [Fact]
    public async Task Who_stops_waiting_keeps_no_connection()
    {
        using var impatient = new CancellationTokenSource();
        var waiting = _listener.AcceptAsync(Hello, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var accepting = _listener.AcceptAsync(Hello, Cancellation);
        using var there = await _listener.ConnectAsync(_listener.EndPoint, Hello, Cancellation);
        using var here = await accepting;

        Assert.Equal(there.Socket.LocalEndPoint, here.Socket.RemoteEndPoint);
    }

    [Fact]
    public async Task Who_listens_on_every_interface_is_found_at_the_address_it_advertises()
    {
        using var everywhere = new PeerListener(IPAddress.Any, new GroupEpochs(), advertised: IPAddress.Loopback);

        var accepting = everywhere.AcceptAsync(Hello, Cancellation);
        using var there = await everywhere.ConnectAsync(everywhere.EndPoint, Hello, Cancellation);
        using var here = await accepting;

        Assert.Equal(IPAddress.Loopback, IPEndPoint.Parse(everywhere.EndPoint).Address);
        Assert.Equal(there.Socket.LocalEndPoint, here.Socket.RemoteEndPoint);
    }

    [Fact]
    public async Task A_rank_that_never_comes_is_not_waited_for_for_ever()
    {
        await Assert.ThrowsAsync<PeerLostException>(() => TcpGroup.JoinAsync(
            _listener, Hello.Name, 0, [_listener.EndPoint, _listener.EndPoint], TimeSpan.FromMilliseconds(50), Cancellation));
    }

    /// <summary>Long before patience ends.</summary>
    [Fact]
    public async Task A_process_that_is_not_there_is_noticed_at_once()
    {
        var gone = new PeerListener(IPAddress.Loopback, new GroupEpochs());
        gone.Dispose();

        await Assert.ThrowsAsync<PeerLostException>(() => TcpGroup.JoinAsync(
            _listener, Hello.Name, 1, [gone.EndPoint, _listener.EndPoint, _listener.EndPoint], TimeSpan.FromHours(1), Cancellation));
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(_listener.EndPoint), Cancellation);
        return socket;
    }
}
