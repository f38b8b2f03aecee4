namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>Silos that stop, are given up by the others, and wake as if nothing had happened: what they hold is no longer theirs.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ZombieTests(ITestOutputHelper output) : IDisposable
{
    private readonly EndlessRun _endless = new();

    public void Dispose() => _endless.Dispose();

    /// <summary>The frozen silo holds the controller and more, and finds on waking that another commits.</summary>
    [Fact]
    public async Task A_controller_that_wakes_after_another_took_over_commits_nothing()
    {
        await using var cluster = await LocalSilos.UpAsync(3);
        var run = await _endless.SubmitAsync(cluster.Store);
        for (var freeze = 1; freeze <= 2; freeze++)
        {
            var before = await run.UntilStepAsync((await run.HeadAsync()).Step + 5);
            var places = (await run.PlacesAsync())!;
            var holder = int.Parse(places.Actors.Single(actor => actor.Name == "controller").SiloName["silo-".Length..], null);
            cluster.Signal(holder, LocalSilos.Stop);

            var after = await run.UntilStepAsync(before.Step + 3);
            Assert.True(after.Epoch > before.Epoch, "Nobody took over.");
            cluster.Signal(holder, LocalSilos.Continue);
            await cluster.GoneAsync(holder);
            output.WriteLine($"silo-{holder} froze in epoch {before.Epoch} and was gone soon after it woke in epoch {after.Epoch}");
            await cluster.AddAsync();
        }

        await run.UntilStepAsync((await run.HeadAsync()).Step + 3);
        await _endless.EndAsUndisturbedAsync();
    }
}
