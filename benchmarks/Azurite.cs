using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs;

namespace SeedOrleans.Benchmarks;

/// <summary>Azure's storage emulator, from npm: <c>npm ci --prefix tests/azurite</c> brings it.</summary>
internal sealed class Azurite : IDisposable
{
    private readonly Process _process;

    private Azurite(Process process, BlobServiceClient client) => (_process, Client) = (process, client);

    public BlobServiceClient Client { get; }

    public static async Task<Azurite> StartAsync()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SeedOrleans.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("SeedOrleans.sln is in no folder above the benchmarks.");

        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "tests/azurite/node_modules/.bin/azurite-blob"))
        {
            ArgumentList =
            {
                "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence", "--blobHost", "127.0.0.1", "--blobPort", $"{port}",
            },
            RedirectStandardOutput = true,
        })!;

        // The account and key that every emulator has.
        const string Account = "devstoreaccount1";
        const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        var azurite = new Azurite(process, new BlobServiceClient(
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/{Account};"));

        // The client library tries again until it answers.
        await azurite.Client.GetPropertiesAsync();
        return azurite;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
