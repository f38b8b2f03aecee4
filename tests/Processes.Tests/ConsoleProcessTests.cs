using System.Diagnostics;
using System.Text.Json;

namespace SeedOrleans.Processes.Tests;

[Trait("Category", "EndToEnd")]
public sealed class ConsoleProcessTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _files = new(), _data = new();

    public void Dispose()
    {
        _files.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task A_run_on_a_silo_of_its_own_ends_with_one_event_and_leaves_no_process()
    {
        var ending = await SeedProcess.RunClientAsync("run", TinySpecFile.Write(_files, steps: 3), "--json", "--data", _data.Path);

        Assert.True(ending.Code == 0, ending.Error);
        using var last = JsonDocument.Parse(ending.Output[^1]);
        Assert.Equal(
            ["event", "run_id", "status", "steps", "eval", "seconds", "folder"],
            last.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("finished", last.RootElement.GetProperty("event").GetString());
        Assert.Equal("succeeded", last.RootElement.GetProperty("status").GetString());
        Assert.Equal(3, last.RootElement.GetProperty("steps").GetInt32());
        Assert.True(last.RootElement.GetProperty("eval").GetProperty("after").TryGetDouble(out _));
        Assert.True(File.Exists(Path.Combine(last.RootElement.GetProperty("folder").GetString()!, "policy", "config.json")));
        Assert.Empty(SeedProcess.SilosOf(_data.Path));
    }

    [Fact]
    public async Task An_interrupted_run_stops_and_leaves_no_process()
    {
        await using var client = SeedProcess.Client("run", TinySpecFile.Write(_files, steps: 100_000), "--json", "--data", _data.Path);
        await client.LineWithAsync("\"event\":\"training_step\"");

        var clock = Stopwatch.StartNew();
        client.Signal(SeedProcess.Interrupt);
        var ending = await client.EndAsync();

        output.WriteLine($"Ended {clock.Elapsed.TotalSeconds:0.00} s after the signal");
        Assert.Equal(130, ending.Code);
        Assert.Contains("\"status\":\"stopped\"", ending.Output[^1], StringComparison.Ordinal);
        Assert.Empty(SeedProcess.SilosOf(_data.Path));
    }

    [Fact]
    public async Task A_console_that_is_killed_takes_its_silo_with_it()
    {
        await using var client = SeedProcess.Client("run", TinySpecFile.Write(_files, steps: 100_000), "--json", "--data", _data.Path);
        await client.LineWithAsync("\"event\":\"training_step\"");
        var silo = Assert.Single(SeedProcess.SilosOf(_data.Path));

        var clock = Stopwatch.StartNew();
        client.Signal(SeedProcess.Kill);
        await client.EndAsync();
        await SeedProcess.GoneAsync(silo);

        output.WriteLine($"The silo was gone {clock.Elapsed.TotalSeconds:0.00} s after the console");
    }

    [Fact]
    public async Task Runs_on_a_silo_are_submitted_listed_shown_watched_and_stopped()
    {
        await using var silo = SeedProcess.Silo("--silo-port", "0", "--gateway-port", "0", "--data", _data.Path, "--die-with-parent");
        var address = (await silo.LineWithAsync("ready gateway=")).Split(' ')[1]["gateway=".Length..];
        Task<Ending> Seed(params string[] arguments) => SeedProcess.RunClientAsync([.. arguments, "--address", address]);

        var watched = await Seed("submit", TinySpecFile.Write(_files, steps: 2), "--watch", "--json");
        Assert.True(watched.Code == 0, watched.Error);
        Assert.Contains("\"status\":\"succeeded\"", watched.Output[^1], StringComparison.Ordinal);

        var submitted = await Seed("submit", TinySpecFile.Write(_files, steps: 100_000));
        Assert.Equal(0, submitted.Code);
        var runId = Assert.Single(submitted.Output);

        Assert.Equal(2, (await Seed("list", "--json")).Output.Length);
        Assert.Contains(runId, (await Seed("show", runId, "--json")).Output[0], StringComparison.Ordinal);
        Assert.Equal(3, (await Seed("show", "nope")).Code);
        Assert.Equal(2, (await Seed("submit", TinySpecFile.Write(_files, steps: 2), "data.max_prompt_tokens=3")).Code);

        await using var watch = SeedProcess.Client("watch", runId, "--json", "--address", address);
        await watch.LineWithAsync("\"event\":\"training_step\"");
        Assert.Equal(0, (await Seed("stop", runId)).Code);
        Assert.Equal(0, (await Seed("stop", runId)).Code);
        Assert.Equal(1, (await watch.EndAsync()).Code);
        Assert.Contains("\"status\":\"stopped\"", (await Seed("show", runId, "--json")).Output[0], StringComparison.Ordinal);

        silo.CloseInput();
        Assert.Equal(0, (await silo.EndAsync()).Code);
        Assert.Equal(4, (await Seed("list")).Code);
    }

    [Fact]
    public async Task A_spec_with_mistakes_starts_nothing()
    {
        var spec = TinySpecFile.Write(_files, steps: 2);

        var ending = await SeedProcess.RunClientAsync("run", spec, "training.prompts_per_step=0", "rollout.slots=-1", "--data", _data.Path);

        Assert.Equal(2, ending.Code);
        Assert.Contains("training.prompts_per_step", ending.Error, StringComparison.Ordinal);
        Assert.Contains("rollout.slots", ending.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_data.Path));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_named()
    {
        var ending = await SeedProcess.RunClientAsync("run", TinySpecFile.Write(_files, steps: 2), "--data", "/dev/null/x");

        Assert.NotEqual(0, ending.Code);
        Assert.Contains("/dev/null/x", ending.Error, StringComparison.Ordinal);
    }
}
