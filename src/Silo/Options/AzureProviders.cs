#if AZURE_PROVIDERS
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
#endif
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Silo.Options;

/// <summary>Orleans' own providers on Azure Storage, in place of ours, in a silo built with <c>-p:AzureProviders=true</c>.</summary>
internal static class AzureProviders
{
    /// <exception cref="SiloOptionsException">They are asked for and are not built in, or there is no account for them.</exception>
    public static void Check(SiloOptions options)
    {
        var asked = options.MembershipInAzureTable ? "--membership azure-table" : "--grain-storage azure-blob";
        if (!options.MembershipInAzureTable && !options.GrainStorageInAzureBlobs)
            return;

        if (options.Storage?.StartsWith(BlobStorePlace.AzurePrefix, StringComparison.Ordinal) != true)
            throw new SiloOptionsException($"{asked} needs an account; say which: --storage azure:…");

#if !AZURE_PROVIDERS
        throw new SiloOptionsException(
            $"{asked} is not built into this silo; build it with 'dotnet publish src/Silo -c Release -p:AzureProviders=true', or leave the option out.");
#endif
    }

    public static ISiloBuilder UseAzureTableMembership(this ISiloBuilder silo, string storage)
    {
#if AZURE_PROVIDERS
        var address = storage[BlobStorePlace.AzurePrefix.Length..];
        var tables = Uri.TryCreate(address, UriKind.Absolute, out var container)
            ? new TableServiceClient(new Uri($"https://{container.Host.Replace(".blob.", ".table.", StringComparison.Ordinal)}"), new DefaultAzureCredential())
            : new TableServiceClient(address);
        silo.UseAzureStorageClustering(options => options.TableServiceClient = tables);
#endif
        return silo;
    }

    public static ISiloBuilder AddAzureBlobGrainStorage(this ISiloBuilder silo, string storage)
    {
#if AZURE_PROVIDERS
        var address = storage[BlobStorePlace.AzurePrefix.Length..];
        var blobs = Uri.TryCreate(address, UriKind.Absolute, out var container)
            ? new BlobServiceClient(new Uri($"https://{container.Host}"), new DefaultAzureCredential())
            : new BlobServiceClient(address);
        silo.AddAzureBlobGrainStorageAsDefault(options => options.BlobServiceClient = blobs);
#endif
        return silo;
    }
}
