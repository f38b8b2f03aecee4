using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs;

[assembly: AssemblyFixture(typeof(SeedOrleans.Engine.Tests.Storage.AzuriteFixture))]

namespace SeedOrleans.Engine.Tests.Storage;

/// <summary>Azure's own storage emulator, from npm, started when a test first asks and stopped with the tests.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly Lazy<Task<BlobServiceClient>> _client;
    private Process? _process;

    public AzuriteFixture() => _client = new(StartAsync);

    /// <summary>A container that no other test has.</summary>
    public async Task<BlobContainerClient> NewContainerAsync() => (await _client.Value).GetBlobContainerClient($"test-{Guid.NewGuid():n}");

    public async ValueTask DisposeAsync()
    {
        if (_process is not { } process)
            return;

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<BlobServiceClient> StartAsync()
    {
        var script = Path.Combine(RepositoryRoot(), "tests", "azurite", "node_modules", ".bin", "azurite-blob");
        Assert.True(File.Exists(script), $"{script} is missing: ./test installs it, or `npm ci` in tests/azurite.");

        var port = FreePort();
        _process = Process.Start(new ProcessStartInfo(script)
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
        var client = new BlobServiceClient(
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/{Account};");
        await WaitAsync(port);
        return client;
    }

    private async Task WaitAsync(int port)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (started.Elapsed < StartDeadline && !_process!.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SeedOrleans.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("SeedOrleans.sln is in no folder above the tests.");

        return folder;
    }
}
