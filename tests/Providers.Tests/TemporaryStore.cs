using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.LocalFolder;

namespace SeedOrleans.Providers.Tests;

/// <summary>A store on a folder that goes when it is disposed.</summary>
public sealed class TemporaryStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seed-providers-").FullName;

    public TemporaryStore() => Store = new LocalFolderStore(_folder);

    public IBlobStore Store { get; }

    /// <summary>Turns one bit over in every blob.</summary>
    public async Task DamageAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in Store.ListAsync("", cancellationToken))
            if (await Store.ReadAsync(entry.Name, cancellationToken) is { Content: { Length: > 0 } content })
            {
                content[content.Length / 3] ^= 1;
                await Store.WriteAsync(entry.Name, content, cancellationToken);
            }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
