using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SeedOrleans.Silo.Liveness;

/// <summary>A connection to another silo that nobody closes while both live, so that its end tells something.</summary>
internal sealed class SiloLine : IDisposable
{
    private const int Tries = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40), Patience = TimeSpan.FromSeconds(2);

    private readonly Socket _socket;

    private SiloLine(Socket socket) => _socket = socket;

    /// <returns>Null where nobody answers there, or another silo does.</returns>
    public static async Task<SiloLine?> TryOpenAsync(string endPoint, SiloAddress silo, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var socket = NewSocket(endPoint, out var there);
        try
        {
            await socket.ConnectAsync(there, patience.Token);
            var greeting = new byte[Encoding.UTF8.GetByteCount(silo.ToParsableString()) + 1];
            for (var at = 0; at < greeting.Length;)
            {
                var read = await socket.ReceiveAsync(greeting.AsMemory(at), patience.Token);
                at += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
            }

            if (Encoding.UTF8.GetString(greeting) == $"{silo.ToParsableString()}\n")
                return new SiloLine(socket);
        }
        catch (Exception unreachable) when (unreachable is SocketException || (unreachable is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Said by the result.
        }

        socket.Dispose();
        return null;
    }

    /// <summary>Completes when the line has closed.</summary>
    /// <param name="seen">Called at every sign of life.</param>
    public async Task HoldAsync(Action seen, CancellationToken cancellationToken)
    {
        var beats = new byte[64];
        try
        {
            do
                seen();
            while (await _socket.ReceiveAsync(beats, cancellationToken) > 0);
        }
        catch (SocketException)
        {
            // Closed the hard way.
        }
    }

    /// <summary>Knocks a few times in quick succession.</summary>
    /// <returns>True where the machine answers each time that nobody listens there: the process is gone. A machine that is silent proves nothing.</returns>
    public static async Task<bool> IsRefusedAsync(string endPoint, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var knock = 0; knock < Tries; knock++)
        {
            if (knock > 0)
                await Task.Delay(Pause, time, cancellationToken);

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            using var socket = NewSocket(endPoint, out var there);
            try
            {
                await socket.ConnectAsync(there, patience.Token);
                return false;
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // One more.
            }
            catch (Exception silent) when (silent is SocketException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _socket.Dispose();

    private static Socket NewSocket(string endPoint, out IPEndPoint there)
    {
        there = IPEndPoint.Parse(endPoint);
        return new Socket(there.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    }
}
