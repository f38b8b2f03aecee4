using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Grains.Tests.Processes;

namespace SeedOrleans.Grains.Tests.Resilience;

/// <summary>The promise that this project exists for: kill anything, lose nothing, and get the same bits.</summary>
/// <remarks>50 kills in all, of real processes with real SIGKILL, at moments that a seed decides; whoever holds the controller is among them.</remarks>
[Trait("Category", "EndToEnd")]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int StepsAKill = 12, StepsAfter = 6;

    private readonly TemporaryFolder _files = new(), _undisturbed = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _undisturbed.Dispose();
    }

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(2, 18, 2)]
    [InlineData(3, 22, 3)]
    public async Task A_run_whose_silos_are_killed_ends_with_the_bits_of_one_nobody_touched(int silos, int kills, int seed)
    {
        var steps = (kills * StepsAKill) + StepsAfter;
        var spec = TinySpecFile.Write(_files, steps);
        await LocalSilos.SeedAsync("run", spec, "--data", _undisturbed.Path);
        var expected = await StoredRun.Only(Path.Combine(_undisturbed.Path, "store")).HeadAsync();

        await using var cluster = await LocalSilos.UpAsync(silos);
        var run = new StoredRun(cluster.Store, await cluster.SubmitAsync(spec));
        var (controllers, training) = (0, 0);
        var chance = new Random(seed);
        var adding = Task.CompletedTask;
        for (var kill = 1; kill <= kills; kill++)
        {
            var head = await run.UntilStepAsync(kill * StepsAKill);
            await Task.Delay(chance.Next(250), Cancellation);
            await adding;
            var victim = 1 + chance.Next(silos);
            var hosted = (await run.PlacesAsync())?.Actors.Where(actor => actor.SiloName == $"silo-{victim}").Select(actor => actor.Name).ToArray() ?? [];
            controllers += hosted.Contains("controller") ? 1 : 0;
            training += (await run.HeadAsync()).Ending is null ? 1 : 0;
            output.WriteLine($"Kill {kill}: silo-{victim} with {string.Join(", ", hosted)} after step {head.Step}");
            cluster.Signal(victim, LocalSilos.Kill);
            adding = cluster.AddAsync();
        }

        await adding;
        var actual = await run.UntilEndAsync();
        output.WriteLine($"{actual.Epoch} epochs; {training} of {kills} kills fell before the run's end, and the controller was killed {controllers} times");
        Assert.True(controllers > 0);
        AssertSame(expected, actual);
        Assert.Empty(await run.AuditAsync());
        var shown = await cluster.ShowAsync(run.Id);
        Assert.Equal((0, 0), (shown.GetProperty("groups").GetProperty("lost").GetInt32(), shown.GetProperty("groups").GetProperty("duplicated").GetInt32()));
        Assert.Equal(actual.WeightsHash, shown.GetProperty("weights_hash").GetString());
        foreach (var recovery in shown.GetProperty("recoveries").EnumerateArray())
            output.WriteLine($"{recovery}");
    }

    internal static void AssertSame(LedgerHead expected, LedgerHead actual) => Assert.Equal(
        (expected.Step, expected.WeightsHash, expected.Chain, expected.Consumed, expected.Dropped, expected.Ending?.Status),
        (actual.Step, actual.WeightsHash, actual.Chain, actual.Consumed, actual.Dropped, actual.Ending?.Status));
}
