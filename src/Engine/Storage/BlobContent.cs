namespace SeedOrleans.Engine.Storage;

/// <summary>Bytes to write, in parts so that large content is never copied together.</summary>
public readonly struct BlobContent
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>>? _parts;

    public BlobContent(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        _parts = parts;
        foreach (var part in parts)
            Length += part.Length;
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Parts => _parts ?? [];

    /// <summary>Bytes.</summary>
    public long Length { get; }

    public static implicit operator BlobContent(byte[] bytes) => new([bytes]);

    public static implicit operator BlobContent(ReadOnlyMemory<byte> bytes) => new([bytes]);
}
