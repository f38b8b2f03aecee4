using System.Globalization;
using System.Text;

namespace SeedOrleans.Engine.Storage;

/// <summary>A last line that tells whether a small blob is what was written: <c>#crc32c=0123abcd</c>.</summary>
/// <remarks>For documents that are read whole. Text stays readable, and bytes stay where they are.</remarks>
public static class Seal
{
    private const string Mark = "\n#crc32c=";
    private const int Length = 18;

    /// <returns>The content and its seal.</returns>
    public static byte[] Close(ReadOnlySpan<byte> content)
    {
        var sealedContent = new byte[content.Length + Length];
        content.CopyTo(sealedContent);
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark}{Crc32C.Of(content):x8}\n"), sealedContent.AsSpan(content.Length));
        return sealedContent;
    }

    /// <returns>The content without its seal.</returns>
    /// <exception cref="BlobDamagedException">It is not what was written.</exception>
    public static ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> sealedContent, string name, IBlobStore store)
    {
        var end = sealedContent.Length - Length;
        if (end < 0)
            throw new BlobDamagedException(name, store, "it is cut short");

        var content = sealedContent[..end];
        return sealedContent.Span.SequenceEqual(Close(content.Span))
            ? content
            : throw new BlobDamagedException(name, store, "its checksum does not fit");
    }
}
