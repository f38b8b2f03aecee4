namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>Silos come and go as they should: actors move between steps, and no bit changes.</summary>
[Trait("Category", "EndToEnd")]
public sealed class MovingTests : IDisposable
{
    private const int MostSteps = 300;

    private readonly EndlessRun _endless = new();

    public void Dispose() => _endless.Dispose();

    [Fact]
    public async Task Actors_spread_onto_a_silo_that_joins_and_leave_one_that_is_told_to_end()
    {
        await using var cluster = await LocalSilos.UpAsync(1);
        var run = await _endless.SubmitAsync(cluster.Store);

        await run.UntilStepAsync(5);
        await cluster.AddAsync();
        await UntilHostedAsync(run, hosts => hosts.GetValueOrDefault("silo-1") == 3 && hosts.GetValueOrDefault("silo-2") == 2);

        await run.UntilStepAsync((await run.HeadAsync()).Step + 3);
        cluster.Signal(1, LocalSilos.Terminate);
        await cluster.GoneAsync(1);
        await UntilHostedAsync(run, hosts => hosts.GetValueOrDefault("silo-2") == 5);

        await run.UntilStepAsync((await run.HeadAsync()).Step + 3);
        await _endless.EndAsUndisturbedAsync();
        Assert.Equal(0, (await cluster.ShowAsync(run.Id)).GetProperty("recoveries").GetArrayLength());
    }

    /// <param name="areThey">Given how many of the run's ranks, workers and its controller each silo has.</param>
    private static async Task UntilHostedAsync(StoredRun run, Func<Dictionary<string, int>, bool> areThey)
    {
        for (var begun = (await run.HeadAsync()).Step; ; await Task.Delay(10, TestContext.Current.CancellationToken))
        {
            var hosts = ((await run.PlacesAsync())?.Actors ?? []).CountBy(actor => actor.SiloName).ToDictionary();
            if (areThey(hosts))
                return;

            Assert.True((await run.HeadAsync()).Step < begun + MostSteps, $"After {MostSteps} steps the actors were still at {string.Join(", ", hosts)}.");
        }
    }
}
