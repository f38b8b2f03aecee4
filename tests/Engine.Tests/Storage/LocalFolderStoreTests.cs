using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.LocalFolder;

namespace SeedOrleans.Engine.Tests.Storage;

public sealed class LocalFolderStoreTests : BlobStoreConformance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seed-store-").FullName;

    protected override IBlobStore Store => new LocalFolderStore(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_blob_that_is_written_once_is_a_file_that_people_can_read()
    {
        await Store.WriteAsync("runs/r1/note.txt", "hello"u8.ToArray(), Token);

        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(_folder, "runs/r1/note.txt"), Token));
    }

    [Fact]
    public async Task Nothing_but_blobs_stays_behind()
    {
        await Store.WriteAsync("a", Bytes(1), Token);
        await Store.TryCreateAsync("a", Bytes(2), Token);
        await Store.WriteAsync("a", Bytes(3), Token);
        await Store.DeleteAsync("a", Token);

        Assert.Empty(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Old_contents_of_a_busy_blob_are_pruned()
    {
        for (byte next = 0; next < 100; next++)
            await Store.WriteAsync("busy", Bytes(next), Token);

        Assert.InRange(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Count(), 1, 40);
    }

    [Fact]
    public async Task A_temporary_file_of_a_killed_writer_is_no_blob()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".tmp"));
        await File.WriteAllTextAsync(Path.Combine(_folder, ".tmp", "half"), "half", Token);

        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.Contains(file, Assert.Throws<BlobException>(() => new LocalFolderStore(Path.Combine(file, "below"))).Message);
    }
}
