using System.Net.Security;
using System.Net.Sockets;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>A connection to another process's rank: bare, or encrypted with both sides' certificates checked.</summary>
/// <remarks>One may write while another reads. What ends a connection is a <see cref="SocketException"/>, encrypted or not.</remarks>
/// <param name="encrypted">Over <paramref name="socket"/>; null where it is bare.</param>
internal sealed class PeerConnection(Socket socket, SslStream? encrypted) : IDisposable
{
    public Socket Socket => socket;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (encrypted is null)
            while (!bytes.IsEmpty)
                bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
        else
            try
            {
                await encrypted.WriteAsync(bytes, cancellationToken);
            }
            catch (IOException gone)
            {
                throw Gone(gone);
            }
    }

    /// <summary>Waits no longer than the socket's time-out.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (encrypted is null)
                socket.Send(bytes);
            else
                encrypted.Write(bytes);
        }
        catch (IOException gone)
        {
            throw Gone(gone);
        }
    }

    /// <summary>Reads all of what is due, where a connection gives what it has.</summary>
    /// <exception cref="SocketException">The connection ended first.</exception>
    public async Task<byte[]> ReceiveExactlyAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        try
        {
            for (var at = 0; at < count;)
                at += OrEnd(encrypted is null
                    ? await socket.ReceiveAsync(bytes.AsMemory(at), cancellationToken)
                    : await encrypted.ReadAsync(bytes.AsMemory(at), cancellationToken));
        }
        catch (IOException gone)
        {
            throw Gone(gone);
        }

        return bytes;
    }

    /// <inheritdoc cref="ReceiveExactlyAsync"/>
    public void ReceiveExactly(Span<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[OrEnd(encrypted is null ? socket.Receive(bytes) : encrypted.Read(bytes))..];
        }
        catch (IOException gone)
        {
            throw Gone(gone);
        }
    }

    public void Dispose()
    {
        // First the socket: who reads or writes ends at once.
        socket.Dispose();
        encrypted?.Dispose();
    }

    private static int OrEnd(int read) => read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);

    private static SocketException Gone(IOException failure) =>
        failure.InnerException as SocketException ?? new SocketException((int)SocketError.ConnectionReset, failure.Message);
}
