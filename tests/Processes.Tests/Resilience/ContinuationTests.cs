using System.Text.Json;

namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>A response in flight is continued, not restarted.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ContinuationTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Few slots and many responses: a step takes seconds, and at any moment some responses are in flight.</summary>
    private static readonly string[] LongSteps =
    [
        "rollout.slots=8", "training.prompts_per_step=48", "training.group_size=16", "cold_start=null", "data.evaluation=[]", "rollout.max_response_tokens=30",
        "rollout.journal_milliseconds=1", "training.steps=2",
    ];

    private readonly TemporaryFolder _files = new(), _undisturbed = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _undisturbed.Dispose();
    }

    [Fact]
    public async Task Responses_in_flight_go_on_after_their_worker_died_and_end_with_the_same_bits()
    {
        var spec = TinySpecFile.Write(_files, steps: 3);
        await LocalSilos.SeedAsync(["run", spec, .. LongSteps, "--data", _undisturbed.Path]);
        var expected = await StoredRun.Only(Path.Combine(_undisturbed.Path, "store")).HeadAsync();

        await using var cluster = await LocalSilos.UpAsync(2);
        var run = new StoredRun(cluster.Store, await LocalSilos.SubmitAsync(cluster.Store, spec, LongSteps));
        var journal = Path.Combine(cluster.Store, "runs", run.Id, "journal");
        await UntilAsync(() => Directory.Exists(journal) && Directory.GetFiles(journal, "*", SearchOption.AllDirectories).Length >= 4);
        var worker = (await run.PlacesAsync())!.Actors.Single(actor => actor.Name == "worker 0").SiloName;
        cluster.Signal(int.Parse(worker["silo-".Length..], null), LocalSilos.Kill);

        var actual = await run.UntilEndAsync();
        Assert.Equal(expected.Ending?.Status, actual.Ending?.Status);
        StoredRun.AssertSame(expected, actual);
        Assert.Empty(await run.AuditAsync());
        var continued = ContinuedTokens(Path.Combine(cluster.Folder, run.Id, "metrics.jsonl"));
        output.WriteLine($"{continued} tokens were not sampled again");
        Assert.True(continued > 0);
    }

    private static double ContinuedTokens(string metrics) => File.ReadLines(metrics)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Sum(line => Find(line, "rollout/continued_tokens") ?? 0);

    private static double? Find(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetDouble()
        : line.TryGetProperty("data", out var data) && data.TryGetProperty(name, out value) ? value.GetDouble() : null;

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var end = DateTime.UtcNow.AddMinutes(1); !condition(); await Task.Delay(10, Cancellation))
            Assert.True(DateTime.UtcNow < end, "No response in flight was noted within a minute.");
    }
}
