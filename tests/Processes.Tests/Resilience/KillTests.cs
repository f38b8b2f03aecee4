namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>The promise that this project exists for: kill anything, lose nothing, and get the same bits.</summary>
/// <remarks>50 kills in all, of real processes with real SIGKILL, at moments that a seed decides; whoever holds the controller is among them.</remarks>
[Trait("Category", "EndToEnd")]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private EndlessRun _endless = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _endless.Dispose();

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(2, 18, 2)]
    [InlineData(3, 22, 3)]
    public async Task A_run_whose_silos_are_killed_has_the_bits_of_one_nobody_touched(int silos, int kills, int seed)
    {
        // On three silos the ranks also share matrices and experts, and groups of them have members everywhere.
        if (silos == 3)
            _endless = new EndlessRun { Layout = ["model.shape.key_value_heads=2", "layout.data=2", "layout.tensor=2", "layout.expert=2", "memory.recompute_every=1"] };

        await using var cluster = await LocalSilos.UpAsync(silos);
        var run = await _endless.SubmitAsync(cluster.Store);
        var head = await run.UntilStepAsync(2);
        var (chance, controllers, adding) = (new Random(seed), 0, Task.CompletedTask);
        for (var kill = 1; kill <= kills; kill++)
        {
            // Three in four fall into training, the others also into a recovery.
            if (chance.Next(4) > 0)
                head = await run.UntilStepAsync(head.Step + 1);

            await Task.Delay(chance.Next(500), Cancellation);
            await adding;
            head = await run.HeadAsync();
            var places = (await run.PlacesAsync())?.Actors ?? [];

            // Three in four have part of the run; the others may have come too late for that.
            var hosts = places.Select(actor => int.Parse(actor.SiloName["silo-".Length..], null)).Distinct().Order().ToArray();
            var victim = hosts.Length > 0 && chance.Next(4) > 0 ? hosts[chance.Next(hosts.Length)] : 1 + chance.Next(silos);
            var hosted = places.Where(actor => actor.SiloName == $"silo-{victim}").Select(actor => actor.Name).ToArray();
            controllers += hosted.Contains("controller") ? 1 : 0;
            output.WriteLine($"Kill {kill}: silo-{victim} with {string.Join(", ", hosted)} after step {head.Step}");
            cluster.Signal(victim, LocalSilos.Kill);
            adding = cluster.AddAsync();
        }

        await adding;
        await run.UntilStepAsync(head.Step + 3);
        var end = await _endless.EndAsUndisturbedAsync();
        output.WriteLine($"{end.Step} steps in {end.Epoch} epochs; the controller was killed {controllers} times");
        Assert.True(controllers > 0);
        var shown = await cluster.ShowAsync(run.Id);
        Assert.Equal((0, 0), (shown.GetProperty("groups").GetProperty("lost").GetInt32(), shown.GetProperty("groups").GetProperty("duplicated").GetInt32()));
        Assert.Equal(end.WeightsHash, shown.GetProperty("weights_hash").GetString());
        foreach (var recovery in shown.GetProperty("recoveries").EnumerateArray())
            output.WriteLine($"{recovery}");
    }
}
