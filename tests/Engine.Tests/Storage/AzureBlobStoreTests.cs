using Azure.Storage.Blobs;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.Azure;

namespace SeedOrleans.Engine.Tests.Storage;

public sealed class AzureBlobStoreTests(AzuriteFixture azurite) : BlobStoreConformance, IAsyncLifetime
{
    private BlobContainerClient _container = null!;

    protected override IBlobStore Store => new AzureBlobStore(_container);

    public async ValueTask InitializeAsync() => _container = await azurite.NewContainerAsync();

    public async ValueTask DisposeAsync() => await _container.DeleteIfExistsAsync();

    [Fact]
    public async Task A_refused_account_is_named_without_its_key()
    {
        var other = new BlobContainerClient(
            new Uri(_container.Uri, _container.Name), new Azure.Storage.StorageSharedKeyCredential("devstoreaccount1", Convert.ToBase64String(new byte[32])));

        var failure = await Assert.ThrowsAsync<BlobException>(() => new AzureBlobStore(other).ReadAsync("name", Token));

        Assert.Contains(other.Uri.ToString(), failure.Message);
        Assert.DoesNotContain("AAAA", failure.Message);
    }
}
