using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.LocalFolder;

namespace SeedOrleans.Providers.Tests;

/// <summary>A store on a folder that goes when it is disposed.</summary>
public sealed class TemporaryStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seed-providers-").FullName;

    public TemporaryStore() => Store = new LocalFolderStore(_folder);

    public IBlobStore Store { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
