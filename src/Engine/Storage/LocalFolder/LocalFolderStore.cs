using System.Runtime.CompilerServices;

namespace SeedOrleans.Engine.Storage.LocalFolder;

/// <summary>Blobs as files in a folder that any number of processes share, on a file system with hard links.</summary>
public sealed class LocalFolderStore : IBlobStore
{
    private readonly string _root;

    /// <exception cref="BlobException">The folder cannot be made.</exception>
    public LocalFolderStore(string folder)
    {
        _root = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(_root);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BlobException($"The storage folder {_root} cannot be made: {failure.Message}", failure);
        }
    }

    public string Place => _root;

    public Task<Blob?> ReadAsync(string name, CancellationToken cancellationToken) => DoAsync(
        name,
        file =>
        {
            using var version = file.FindCurrent();
            if (version is null)
                return null;

            var content = GC.AllocateUninitializedArray<byte>(checked((int)version.Length));
            return version.Read(content, 0) == content.Length
                ? new Blob(content, version.Tag)
                : throw BlobException.TooShort(name, this, version.Length, 0, content.Length);
        },
        cancellationToken);

    public Task ReadRangeAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) => DoAsync(
        name,
        file =>
        {
            using var version = file.FindCurrent() ?? throw BlobException.Missing(name, this);
            return version.Read(buffer.Span, offset) == buffer.Length
                ? buffer.Length
                : throw BlobException.TooShort(name, this, version.Length, offset, buffer.Length);
        },
        cancellationToken);

    public Task<BlobTag> WriteAsync(string name, BlobContent content, CancellationToken cancellationToken) => DoAsync(
        name,
        file =>
        {
            while (true)
            {
                BlobTag? current;
                using (var version = file.FindCurrent())
                    current = version?.Tag;

                if ((current is { } tag ? file.TryReplace(content, tag) : file.TryCreate(content)) is { } written)
                    return written;

                cancellationToken.ThrowIfCancellationRequested();
            }
        },
        cancellationToken);

    public Task<BlobTag?> TryCreateAsync(string name, BlobContent content, CancellationToken cancellationToken) =>
        DoAsync(name, file => file.TryCreate(content), cancellationToken);

    public Task<BlobTag?> TryReplaceAsync(string name, BlobContent content, BlobTag expected, CancellationToken cancellationToken) =>
        DoAsync(name, file => file.TryReplace(content, expected), cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => DoAsync(
        name,
        file =>
        {
            file.Delete();
            return true;
        },
        cancellationToken);

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in await Task.Run(() => FolderListing.Of(_root, prefix), cancellationToken))
            yield return entry;
    }

    /// <summary>File systems block, and callers must not.</summary>
    private async Task<T> DoAsync<T>(string name, Func<VersionedFile, T> work, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        try
        {
            return await Task.Run(() => work(new VersionedFile(_root, name)), cancellationToken);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException || (failure is IOException and not BlobException))
        {
            throw new BlobException($"The blob '{name}' in {Place}: {failure.Message}", failure);
        }
    }
}
