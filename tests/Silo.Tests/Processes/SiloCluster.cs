using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Grains.Tests;
using SeedOrleans.Processes.Tests;
using SeedOrleans.Providers;
using SeedOrleans.Providers.Membership;

namespace SeedOrleans.Silo.Tests.Processes;

/// <summary>Silo processes on one folder, and a client of theirs.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90), Look = TimeSpan.FromMilliseconds(2);

    private readonly TemporaryFolder _data = new();
    private readonly string[] _options;
    private readonly Dictionary<string, SeedProcess> _silos = [];
    private ServiceProvider? _client;

    /// <param name="options">Of every silo.</param>
    public SiloCluster(params string[] options)
    {
        _options = options;
        Store = new LocalFolderStore(_data.File("store"));
        Table = new BlobMembershipTable(new MembershipBlobs(Store, SeedSilo.ClusterId));
        Notes = new SiloNotes(Store, SeedSilo.ClusterId);
    }

    public LocalFolderStore Store { get; }

    public BlobMembershipTable Table { get; }

    public SiloNotes Notes { get; }

    public SeedProcess this[string name] => _silos[name];

    public IGrainFactory Grains => _client!.GetRequiredService<IGrainFactory>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts silos of these names, and waits until they are members.</summary>
    public async Task StartAsync(params string[] names)
    {
        foreach (var name in names)
            _silos[name] = SeedProcess.Silo(
                ["--name", name, "--silo-port", "0", "--gateway-port", "0", "--data", _data.Path, "--storage", _data.File("store"), .. _options]);

        await Task.WhenAll(names.Select(name => _silos[name].LineWithAsync("ready gateway=")));
    }

    public async Task ConnectAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOrleansClient(client => client.UseBlobCluster(Store)
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1))
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (SeedSilo.ClusterId, SeedSilo.ServiceId)));
        _client = services.BuildServiceProvider();
        foreach (var service in _client.GetServices<IHostedService>())
            await service.StartAsync(Cancellation);
    }

    /// <returns>The newest member of that name.</returns>
    public async Task<MembershipEntry> MemberAsync(string name) =>
        (await Table.ReadAll()).Members.Select(member => member.Item1).Where(member => member.SiloName == name).MaxBy(member => member.SiloAddress.Generation)!;

    public Task BecomesAsync(string name, SiloStatus status) =>
        UntilAsync(async () => (await MemberAsync(name)).Status == status, $"{name} to be {status}");

    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var end = DateTime.UtcNow + Deadline;
        while (!await isSo())
        {
            if (DateTime.UtcNow > end)
                Assert.Fail($"Waited {Deadline} for {what}.");

            await Task.Delay(Look, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();

        foreach (var (name, silo) in _silos)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{name} said:\n{(await silo.KillAsync()).Error}");
            await silo.DisposeAsync();
        }

        _data.Dispose();
    }
}
