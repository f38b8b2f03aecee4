using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Where other processes' ranks reach this process's: one port, whose connections say which group they are for.</summary>
/// <remarks>
/// Greeting: u32 length, then UTF-8 <c>GROUP\nFROM\nTO</c>. A group's name holds the epoch, so that members of different epochs never
/// meet.
/// </remarks>
public sealed class PeerListener : IDisposable
{
    private const int LongestGreeting = 4096;

    private readonly Socket _listener;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Socket>> _expected = new();

    public PeerListener(IPAddress address)
    {
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen();
        EndPoint = $"{_listener.LocalEndPoint}";
        _ = AcceptAllAsync();
    }

    /// <summary><c>HOST:PORT</c>; tells this process from every other.</summary>
    public string EndPoint { get; }

    public void Dispose() => _listener.Dispose();

    /// <summary>Waits until rank <paramref name="from"/> has connected to rank <paramref name="to"/> of a group.</summary>
    internal async Task<Socket> AcceptAsync(string group, int from, int to, CancellationToken cancellationToken)
    {
        var greeting = Greeting(group, from, to);
        try
        {
            return await Expected(greeting).Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _expected.TryRemove(greeting, out _);
        }
    }

    /// <summary>Connects rank <paramref name="from"/> here to rank <paramref name="to"/> there.</summary>
    internal static async Task<Socket> ConnectAsync(string endPoint, string group, int from, int to, CancellationToken cancellationToken)
    {
        var there = IPEndPoint.Parse(endPoint);
        var socket = new Socket(there.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(there, cancellationToken);
            var text = Encoding.UTF8.GetBytes(Greeting(group, from, to));
            var message = new byte[sizeof(int) + text.Length];
            BinaryPrimitives.WriteInt32LittleEndian(message, text.Length);
            text.CopyTo(message, sizeof(int));
            await socket.SendAsync(message, cancellationToken);
            return socket;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw new PeerLostException($"Rank {to} of {group} cannot be reached at {endPoint}: {failure.Message}", failure);
        }
    }

    private async Task AcceptAllAsync()
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptAsync();
                _ = GreetAsync(socket);
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task GreetAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            var length = BinaryPrimitives.ReadInt32LittleEndian(await ReadAsync(socket, sizeof(int)));
            if (length is > 0 and <= LongestGreeting)
            {
                Expected(Encoding.UTF8.GetString(await ReadAsync(socket, length))).TrySetResult(socket);
                return;
            }
        }
        catch (SocketException)
        {
            // Whoever it was is gone.
        }

        socket.Dispose();
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(at));
            at += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
        }

        return bytes;
    }

    private TaskCompletionSource<Socket> Expected(string greeting) =>
        _expected.GetOrAdd(greeting, _ => new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously));

    private static string Greeting(string group, int from, int to) => $"{group}\n{from}\n{to}";
}
