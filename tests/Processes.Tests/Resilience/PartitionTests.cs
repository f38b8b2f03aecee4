
namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>A cut between living silos: for a while two activations of the same actors work, and one of them works for nothing.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PartitionTests(ITestOutputHelper output) : IDisposable
{
    private readonly EndlessRun _endless = new();
    private readonly TemporaryFolder _data = new();

    public void Dispose()
    {
        _endless.Dispose();
        _data.Dispose();
    }

    /// <summary>The smaller side has the whole run and goes on committing, until the larger side declares it dead and takes the run over.</summary>
    [Fact]
    public async Task A_controller_that_is_cut_off_commits_nothing_once_another_leads_and_nothing_is_committed_twice()
    {
        using var network = CutNetwork.TryMake();
        Assert.SkipWhen(network is null, "This needs root and the program 'ip', to make a network that can be cut.");
        // So many slots that the run has no reason to leave.
        await using var alone = SeedProcess.SiloIn(network!.Namespace, Options("alone", CutNetwork.There, slots: 64));
        await alone.LineWithAsync("ready ");
        var store = Path.Combine(_data.Path, "store");
        var run = await _endless.SubmitAsync(store);
        await using var second = SeedProcess.Silo(Options("second", CutNetwork.Here, slots: 1));
        await using var third = SeedProcess.Silo(Options("third", CutNetwork.Here, slots: 1));
        await second.LineWithAsync("ready ");
        await third.LineWithAsync("ready ");
        var before = await run.UntilStepAsync(5);
        Assert.Equal((1L, "alone"), (before.Epoch, (await run.PlacesAsync())!.Actors.Select(actor => actor.SiloName).Distinct().Single()));

        network.Cut();
        await run.UntilStepAsync(before.Step + 5);
        var after = await run.UntilEpochAsync(2);
        output.WriteLine($"Cut after step {before.Step}; the other side took over after step {after.Step}");

        // The cut is not mended: what the smaller side learns, it learns from the store.
        await alone.EndAsync();
        await run.UntilStepAsync((await run.HeadAsync()).Step + 3);
        Assert.DoesNotContain("alone", (await run.PlacesAsync())!.Actors.Select(actor => actor.SiloName));
        await _endless.EndAsUndisturbedAsync();
    }

    private string[] Options(string name, string address, int slots) =>
    [
        "--name", name, "--silo-port", "0", "--gateway-port", "0", "--listen", address, "--device-slots", $"{slots}",
        "--data", _data.Path, "--storage", Path.Combine(_data.Path, "store"), "--table-refresh", "2",
    ];
}
