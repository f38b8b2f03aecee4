namespace SeedOrleans.Engine.Storage;

/// <summary>Named bytes with conditional writes: everything durable stands on these few promises.</summary>
/// <remarks>
/// <para>A write is atomic and, once its task has completed, durable: a reader sees all of it or none, also when the writer dies in the middle.</para>
/// <para>Of several conditional writes that race, exactly one succeeds. A write that ends in an exception has an unknown outcome: read, then decide.</para>
/// <para>Names are as <see cref="BlobName"/> allows. Safe for many threads, processes and machines at once.</para>
/// </remarks>
public interface IBlobStore
{
    /// <summary>The store in words, for messages: a folder or an address, never a secret.</summary>
    string Place { get; }

    /// <returns>All of the blob; null where there is none.</returns>
    Task<Blob?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Fills <paramref name="buffer"/> from the byte at <paramref name="offset"/> on.</summary>
    /// <exception cref="BlobException">There is no such blob, or it ends before the buffer is full.</exception>
    Task ReadRangeAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Writes whatever was there before.</summary>
    Task<BlobTag> WriteAsync(string name, BlobContent content, CancellationToken cancellationToken);

    /// <returns>Null where a blob of that name exists already, which is left as it is.</returns>
    Task<BlobTag?> TryCreateAsync(string name, BlobContent content, CancellationToken cancellationToken);

    /// <returns>Null where the blob is gone or is no longer the one that <paramref name="expected"/> tells of; it is left as it is.</returns>
    Task<BlobTag?> TryReplaceAsync(string name, BlobContent content, BlobTag expected, CancellationToken cancellationToken);

    /// <summary>Does nothing where there is no such blob.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Blobs whose names begin with <paramref name="prefix"/>, in the ordinal order of their names.</summary>
    /// <remarks>A blob that is written or deleted meanwhile may be among them or not.</remarks>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken);
}
