using System.Text.Json;

namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>A cluster of silo processes that the console started, and the means to hurt it.</summary>
internal sealed class LocalSilos : IAsyncDisposable
{
    public const int Stop = 19, Continue = 18, Terminate = 15, Kill = 9;

    private readonly TemporaryFolder _data = new();

    public string Folder => _data.Path;

    public string Store => Path.Combine(_data.Path, "store");

    public static async Task<LocalSilos> UpAsync(int silos, params string[] options)
    {
        var cluster = new LocalSilos();
        await SeedAsync(["cluster", "up", "--silos", $"{silos}", "--data", cluster.Folder, .. options]);
        return cluster;
    }

    /// <summary>Starts dead silos again, or new ones.</summary>
    public Task AddAsync(params string[] options) => SeedAsync(["cluster", "add", "--data", Folder, .. options]);

    /// <returns>The run's id.</returns>
    public static async Task<string> SubmitAsync(string store, string spec, params string[] overrides) =>
        (await SeedAsync(["submit", spec, .. overrides, "--storage", store])).Output[^1];

    /// <summary>Sends a signal to a silo.</summary>
    /// <param name="number">Counted from 1.</param>
    public void Signal(int number, int signal) => SeedProcess.Signal(PidOf(number), signal);

    public Task GoneAsync(int number) => SeedProcess.GoneAsync(PidOf(number));

    /// <returns>What <c>seed show --json</c> says.</returns>
    public async Task<JsonElement> ShowAsync(string run) =>
        JsonDocument.Parse((await SeedAsync("show", run, "--json", "--storage", Store)).Output[^1]).RootElement;

    public static async Task<Ending> SeedAsync(params string[] command)
    {
        var ending = await SeedProcess.RunClientAsync(command);
        Assert.True(ending.Code == 0, $"seed {string.Join(' ', command)} ended with {ending.Code}: {ending.Error}");
        return ending;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pid in SeedProcess.SilosOf(Folder))
        {
            SeedProcess.Signal(pid, Kill);
            await SeedProcess.GoneAsync(pid);
        }

        _data.Dispose();
    }

    public int PidOf(int number)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "cluster.json")));
        return file.RootElement.GetProperty("silos").EnumerateArray()
            .Single(silo => silo.GetProperty("name").GetString() == $"silo-{number}").GetProperty("pid").GetInt32();
    }
}
