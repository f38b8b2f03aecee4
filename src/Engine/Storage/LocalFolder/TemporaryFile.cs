namespace SeedOrleans.Engine.Storage.LocalFolder;

/// <summary>Durable bytes without a name yet. What is not linked to a name is gone with it.</summary>
internal readonly struct TemporaryFile : IDisposable
{
    /// <summary>Beneath the store's root, so that links never cross file systems; no blob's name begins with a dot.</summary>
    public const string Folder = ".tmp";

    private readonly string _path;

    private TemporaryFile(string path, DateTime stamp) => (_path, Stamp) = (path, stamp);

    /// <summary>When it was written, made different from that of any other content of the same blob.</summary>
    public DateTime Stamp { get; }

    public static TemporaryFile Write(string root, BlobContent content)
    {
        var folder = Path.Combine(root, Folder);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Guid.NewGuid().ToString("n"));
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, FileOptions.None, content.Length);
            RandomAccess.Write(file, content.Parts, 0);

            // File times tick in milliseconds; the digits below are free to tell contents of the same moment apart.
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddTicks(Random.Shared.Next(-5000, 5000)));
            RandomAccess.FlushToDisk(file);
            return new TemporaryFile(path, File.GetLastWriteTimeUtc(file));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <returns>False where the name is taken.</returns>
    public bool TryLinkTo(string name)
    {
        if (!PosixFile.TryLink(_path, name))
            return false;

        PosixFile.SyncFolder(Path.GetDirectoryName(name)!);
        return true;
    }

    public void Dispose() => File.Delete(_path);
}
