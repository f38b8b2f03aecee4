namespace SeedOrleans.Engine.Storage.Azure;

/// <summary>A stretch of content as the stream that the client library wants, without copying it together.</summary>
internal sealed class PartsStream(BlobContent content, long start, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        var filled = 0;
        var left = start + _position;
        foreach (var part in content.Parts)
        {
            if (left >= part.Length)
            {
                left -= part.Length;
                continue;
            }

            var count = (int)Math.Min(Math.Min(part.Length - left, buffer.Length - filled), length - _position);
            if (count == 0)
                break;

            part.Span.Slice((int)left, count).CopyTo(buffer[filled..]);
            filled += count;
            _position += count;
            left = 0;
        }

        return filled;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
