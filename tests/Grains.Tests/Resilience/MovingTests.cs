using SeedOrleans.Grains.Tests.Processes;

namespace SeedOrleans.Grains.Tests.Resilience;

/// <summary>Silos come and go as they should: actors move between steps, and no bit changes.</summary>
[Trait("Category", "EndToEnd")]
public sealed class MovingTests(ITestOutputHelper output) : IDisposable
{
    private const int Steps = 300;

    private readonly TemporaryFolder _files = new(), _undisturbed = new();

    public void Dispose()
    {
        _files.Dispose();
        _undisturbed.Dispose();
    }

    [Fact]
    public async Task Actors_spread_onto_a_silo_that_joins_and_leave_one_that_is_told_to_end()
    {
        var spec = TinySpecFile.Write(_files, Steps);
        await LocalSilos.SeedAsync("run", spec, "--data", _undisturbed.Path);
        var expected = await StoredRun.Only(Path.Combine(_undisturbed.Path, "store")).HeadAsync();
        await using var cluster = await LocalSilos.UpAsync(1);
        var run = new StoredRun(cluster.Store, await cluster.SubmitAsync(spec));

        await run.UntilStepAsync(5);
        await cluster.AddAsync();
        await UntilHostedAsync(run, silos => silos.Contains("silo-2"));

        await run.UntilStepAsync((await run.HeadAsync()).Step + 3);
        cluster.Signal(1, LocalSilos.Terminate);
        await cluster.GoneAsync(1);
        Assert.DoesNotContain("silo-1", await HostsAsync(run));

        KillTests.AssertSame(expected, await run.UntilEndAsync());
        Assert.Empty(await run.AuditAsync());
        var shown = await cluster.ShowAsync(run.Id);
        output.WriteLine(shown.GetProperty("recoveries").GetRawText());
        Assert.Equal(0, shown.GetProperty("recoveries").GetArrayLength());
    }

    private static async Task UntilHostedAsync(StoredRun run, Func<string[], bool> isIt)
    {
        while (!isIt(await HostsAsync(run)))
        {
            Assert.True((await run.HeadAsync()).Step < Steps, "The run ended first.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string[]> HostsAsync(StoredRun run) =>
        [.. ((await run.PlacesAsync())?.Actors ?? []).Select(actor => actor.SiloName).Distinct()];
}
