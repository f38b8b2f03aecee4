using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>One rank's line to another: messages in order, cut into pieces, so that no buffer is larger than a piece.</summary>
/// <remarks>Head: u64 number of the operation, u64 bytes that follow. The number 2⁶⁴ − 1 says that the peer gives up; then the bytes are its reason.</remarks>
internal sealed class PeerConnection(Socket socket, int peer) : IDisposable
{
    private const int HeadBytes = 16, PieceBytes = 1 << 20;

    private const ulong GivesUp = ulong.MaxValue, Lost = ulong.MaxValue - 1;

    /// <param name="copy">Fills a buffer from the message's bytes at an offset.</param>
    public async Task SendAsync(ulong operation, long bytes, CopyOut copy)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, operation);
            BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(8), bytes);
            var filled = HeadBytes;
            for (var at = 0L; at < bytes || filled > 0;)
            {
                var piece = (int)Math.Min(PieceBytes - filled, bytes - at);
                copy(at, buffer.AsSpan(filled, piece));
                await SendAllAsync(buffer.AsMemory(0, filled + piece));
                at += piece;
                filled = 0;
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            throw Gone(gone);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Waits for the message of an operation.</summary>
    /// <param name="take">Is given the message's bytes, piece by piece.</param>
    /// <exception cref="PeerFailedException">The peer gave up, or is gone.</exception>
    public void Receive(ulong operation, long bytes, TakeIn take)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            Fill(buffer.AsSpan(0, HeadBytes));
            var sent = BinaryPrimitives.ReadUInt64LittleEndian(buffer);
            var length = BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(8));
            if (sent is GivesUp or Lost)
                throw Reason(sent, (int)length);

            if (sent != operation || length != bytes)
                throw new InvalidOperationException($"Rank {peer} sent {length} bytes for operation {sent} where {bytes} for {operation} were due.");

            for (var at = 0L; at < bytes;)
            {
                var piece = buffer.AsSpan(0, (int)Math.Min(PieceBytes, bytes - at));
                Fill(piece);
                take(at, piece);
                at += piece.Length;
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            throw Gone(gone);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Tells the peer, as far as it still listens, that this rank gives up; then closes.</summary>
    public void GiveUp(Exception reason)
    {
        try
        {
            var text = Encoding.UTF8.GetBytes(reason.Message);
            var message = new byte[HeadBytes + text.Length];
            BinaryPrimitives.WriteUInt64LittleEndian(message, reason is PeerLostException ? Lost : GivesUp);
            BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(8), text.Length);
            text.CopyTo(message, HeadBytes);
            socket.SendTimeout = 100;
            socket.Send(message);
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It learns from the closed connection.
        }

        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
    }

    private void Fill(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var read = socket.Receive(bytes);
            bytes = read > 0 ? bytes[read..] : throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    private PeerFailedException Reason(ulong kind, int length)
    {
        var text = new byte[length];
        Fill(text);
        var reason = Encoding.UTF8.GetString(text);
        return new PeerFailedException(peer, kind == Lost ? new PeerLostException(reason) : new InvalidOperationException(reason));
    }

    private PeerFailedException Gone(Exception cause) => new(peer, new PeerLostException("Its connection is closed.", cause));

    public delegate void CopyOut(long offset, Span<byte> target);

    public delegate void TakeIn(long offset, ReadOnlySpan<byte> bytes);
}
