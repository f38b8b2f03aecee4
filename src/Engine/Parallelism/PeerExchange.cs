using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>One call of a collective: what this rank sends to its peers while it receives from them.</summary>
/// <param name="lines">By rank; null at this rank's own place.</param>
/// <param name="tensor">What stretches are of.</param>
internal sealed class PeerExchange(PeerLine?[] lines, long call, Collective collective, Tensor tensor) : IDisposable
{
    private readonly TensorBytes _bytes = new(tensor);
    private readonly long _elementBytes = tensor.element_size();
    private readonly List<Task> _sending = [];
    private Tensor? _piece;
    private TensorBytes? _pieceBytes;

    public void Dispose() => _piece?.Dispose();

    /// <summary>Begins to send a stretch of the tensor.</summary>
    public void Send(int peer, (long Start, long Length) stretch) =>
        _sending.Add(lines[peer]!.SendAsync(Head(stretch.Length), _bytes, stretch.Start * _elementBytes));

    /// <summary>Waits for a stretch and puts it in its place.</summary>
    public void Receive(int peer, (long Start, long Length) stretch)
    {
        const int Piece = 1 << 20;
        Expect(peer, stretch.Length);
        var (at, end) = (stretch.Start * _elementBytes, (stretch.Start + stretch.Length) * _elementBytes);
        for (; at < end; at += Piece)
            lines[peer]!.Receive(_bytes.Span(at, (int)Math.Min(Piece, end - at)));
    }

    /// <summary>Waits until a peer's part begins, whose pieces are then received one by one.</summary>
    public void Expect(int peer, long length) => lines[peer]!.ReceiveHead(Head(length));

    /// <returns>The next elements of a part, [<paramref name="length"/>]; good until the next are received. No piece is longer than the first.</returns>
    public Tensor ReceivePiece(int peer, long length)
    {
        _piece ??= empty([length], tensor.dtype).DetachFromDisposeScope();
        _pieceBytes ??= new TensorBytes(_piece);
        lines[peer]!.Receive(_pieceBytes.Span(0, (int)(length * _elementBytes)));
        return _piece.narrow(0, 0, length);
    }

    /// <summary>Waits until everything is sent: nobody reads the tensor any more.</summary>
    /// <exception cref="PeerFailedException">A peer is gone.</exception>
    public void Finish() => Task.WhenAll(_sending).GetAwaiter().GetResult();

    /// <summary>Waits until everything is sent or, its connection closed, has failed to be.</summary>
    public void FinishAnyhow() => Task.WhenAll(_sending).ContinueWith(_ => { }, TaskScheduler.Default).Wait();

    private PartHead Head(long length) => new(call, collective, tensor.dtype, length * _elementBytes);
}
