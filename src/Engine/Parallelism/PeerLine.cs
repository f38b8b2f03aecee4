using System.Buffers;
using System.Net.Sockets;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>A rank's two connections to another: one for tensors, and one for the last word.</summary>
/// <remarks>
/// The second is always listened to, so a rank learns of a death whomever it waits for. It is idle, so TCP's keep-alive probes it: a process
/// that dies closes it at once; a host that vanishes without a word is noticed after about four seconds. A process that is stopped but
/// lives answers probes, and only the cluster's membership, or a newer epoch, ends the wait for it.
/// </remarks>
internal sealed class PeerLine
{
    private const int PieceBytes = 1 << 20, SmallBytes = 1 << 12;

    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);

    private readonly int _peer;
    private readonly PeerConnection _tensors, _notices;
    private volatile bool _closed;

    /// <param name="peer">What to call it when it fails.</param>
    public PeerLine(int peer, PeerConnection tensors, PeerConnection notices)
    {
        (_peer, _tensors, _notices) = (peer, tensors, notices);
        var idle = notices.Socket;
        idle.SendTimeout = 100;
        idle.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        idle.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 1);
        idle.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 1);
        idle.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    /// <summary>Completed when the peer's last word has been heard and acted on.</summary>
    public Task Listening { get; private set; } = Task.CompletedTask;

    /// <param name="heard">Is told the peer's last word; a connection that ends without one is a death.</param>
    public void Listen(Action<Notice> heard) => Listening = ListenAsync(heard);

    /// <summary>Sends a part, small ones with their head in one piece, large ones straight from the tensor.</summary>
    /// <exception cref="PeerFailedException">The peer is gone.</exception>
    public async Task SendAsync(PartHead head, TensorBytes bytes, long offset)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PartHead.Size + SmallBytes);
        try
        {
            head.Write(buffer);
            var at = (long)(int)Math.Min(SmallBytes, head.Bytes);
            bytes.Span(offset, (int)at).CopyTo(buffer.AsSpan(PartHead.Size));
            await _tensors.SendAsync(buffer.AsMemory(0, PartHead.Size + (int)at), CancellationToken.None);
            while (at < head.Bytes)
            {
                var piece = (int)Math.Min(PieceBytes, head.Bytes - at);
                await _tensors.SendAsync(bytes.Memory(offset + at, piece), CancellationToken.None);
                at += piece;
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

    /// <summary>Waits for the head of a part; its bytes follow.</summary>
    /// <exception cref="PeerFailedException">The peer is gone.</exception>
    /// <exception cref="InvalidOperationException">The peer is at something else.</exception>
    public void ReceiveHead(PartHead due)
    {
        Span<byte> head = stackalloc byte[PartHead.Size];
        Receive(head);
        if (PartHead.Read(head) is var sent && sent != due)
            throw new InvalidOperationException($"Rank {_peer} sent {sent} where {due} was due; all ranks must make the same calls.");
    }

    /// <summary>Waits for the next bytes of a part.</summary>
    /// <exception cref="PeerFailedException">The peer is gone.</exception>
    public void Receive(Span<byte> bytes)
    {
        try
        {
            _tensors.ReceiveExactly(bytes);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            throw Gone(gone);
        }
    }

    /// <summary>Says the last word, as far as the peer still listens, and closes both connections.</summary>
    public void Close(Notice word)
    {
        _closed = true;
        try
        {
            word.Send(_notices);
            _notices.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It learns from the closed connection.
        }

        _tensors.Dispose();
        _ = CloseNoticesAsync();
    }

    private async Task ListenAsync(Action<Notice> heard)
    {
        Notice word;
        try
        {
            word = await Notice.ReceiveAsync(_notices);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            word = Notice.Lost(_peer, $"Its connection is closed ({gone.Message}).");
        }

        heard(word);
    }

    /// <summary>A connection closed over unread bytes is reset, which could overtake the last word.</summary>
    private async Task CloseNoticesAsync()
    {
        await Listening.WaitAsync(ShortWait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _notices.Dispose();
    }

    /// <summary>Lets the peer's last word come first, if there is one: it knows better why.</summary>
    private PeerFailedException Gone(Exception cause)
    {
        if (!_closed)
            Listening.Wait(ShortWait);

        return new PeerFailedException(_peer, new PeerLostException($"Its connection is closed ({cause.Message}).", cause));
    }
}
