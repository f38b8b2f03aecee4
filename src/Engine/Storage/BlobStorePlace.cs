using Azure.Identity;
using Azure.Storage.Blobs;
using SeedOrleans.Engine.Storage.Azure;
using SeedOrleans.Engine.Storage.LocalFolder;

namespace SeedOrleans.Engine.Storage;

/// <summary>Opens a store by what a person writes: a folder, or <c>azure:</c> and where the container is.</summary>
public static class BlobStorePlace
{
    public const string AzurePrefix = "azure:";

    private const string DefaultContainer = "seed";

    /// <param name="place">
    /// A folder; <c>azure:https://ACCOUNT.blob.core.windows.net/CONTAINER</c>, with the managed or signed-in identity; or
    /// <c>azure:CONNECTION-STRING</c>, into the container <c>seed</c>.
    /// </param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static IBlobStore Open(string place)
    {
        if (!place.StartsWith(AzurePrefix, StringComparison.Ordinal))
            return new LocalFolderStore(Path.GetFullPath(place));

        var address = place[AzurePrefix.Length..];
        try
        {
            // Connections to a store that is far cost more than a retry; checksums are ours.
            var options = new BlobClientOptions { Retry = { MaxRetries = 5, Delay = TimeSpan.FromMilliseconds(200) } };
            return new AzureBlobStore(address.StartsWith("https://", StringComparison.Ordinal)
                ? new BlobContainerClient(new Uri(address), new DefaultAzureCredential(), options)
                : new BlobContainerClient(address, DefaultContainer, options));
        }
        catch (Exception refused) when (refused is FormatException or UriFormatException or ArgumentException)
        {
            throw new FormatException(
                $"'{AzurePrefix}…' names no storage: {refused.Message} Write azure:https://ACCOUNT.blob.core.windows.net/CONTAINER or azure:CONNECTION-STRING.");
        }
    }
}
