using System.Text.Json;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Storage.LocalFolder;
using Xunit.Sdk;

namespace SeedOrleans.Grains.Tests.Processes;

/// <summary>The promise that this project exists for: kill anything, lose nothing, and get the same bits.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ClusterKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Steps = 40;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4), Look = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder _undisturbed = new(), _data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SeedProcess.RunClientAsync("cluster", "down", "--data", _data.Path).GetAwaiter().GetResult();
        _undisturbed.Dispose();
        _data.Dispose();
    }

    /// <summary>Silos die one after another at seeded steps and are started again; whoever holds the controller is among them.</summary>
    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(3, 4, 2)]
    public async Task A_run_whose_silos_are_killed_ends_with_the_bits_of_one_nobody_touched(int silos, int kills, int seed)
    {
        var spec = TinySpecFile.Write(_data, Steps);
        var alone = await SeedProcess.RunClientAsync("run", spec, "--data", _undisturbed.Path);
        Assert.Equal(0, alone.Code);
        var expected = await HeadAsync(Path.Combine(_undisturbed.Path, "store"), RunIn(Path.Combine(_undisturbed.Path, "store")));

        await OkAsync("cluster", "up", "--silos", $"{silos}", "--data", _data.Path);
        var store = Path.Combine(_data.Path, "store");
        var run = (await OkAsync("submit", spec, "--storage", store)).Output[^1];
        var chance = new Random(seed);
        for (var kill = 1; kill <= kills; kill++)
        {
            await UntilAsync(store, run, step: Steps * kill / (kills + 2));
            await Task.Delay(chance.Next(300), Cancellation);
            var victim = $"silo-{1 + chance.Next(silos)}";
            output.WriteLine($"Kill {kill}: {victim} after step {(await HeadAsync(store, run)).Step}");
            await OkAsync("cluster", "kill", victim, "--data", _data.Path);
            await OkAsync("cluster", "add", "--data", _data.Path);
        }

        await UntilAsync(store, run, Steps);
        var actual = await HeadAsync(store, run);

        output.WriteLine($"{actual.Epoch} epochs");
        Assert.Equal((expected.WeightsHash, expected.Chain), (actual.WeightsHash, actual.Chain));
        Assert.Equal((expected.Consumed, expected.Dropped), (actual.Consumed, actual.Dropped));
    }

    private static async Task UntilAsync(string store, string run, int step)
    {
        var end = DateTime.UtcNow + Deadline;
        while ((await HeadAsync(store, run)).Step < step)
        {
            if (DateTime.UtcNow > end)
                throw new XunitException($"Run {run} is at {JsonSerializer.Serialize(await HeadAsync(store, run))} and was to reach step {step} within {Deadline}.");

            await Task.Delay(Look, Cancellation);
        }
    }

    private static Task<LedgerHead> HeadAsync(string store, string run) =>
        new RunLedger(new LocalFolderStore(store), $"runs/{run}").ReadHeadAsync(Cancellation);

    private static string RunIn(string store) => Path.GetFileName(Directory.GetDirectories(Path.Combine(store, "runs")).Single());

    private static async Task<Ending> OkAsync(params string[] command)
    {
        var ending = await SeedProcess.RunClientAsync(command);
        Assert.True(ending.Code == 0, $"seed {string.Join(' ', command)} ended with {ending.Code}: {ending.Error}");
        return ending;
    }
}
