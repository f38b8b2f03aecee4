using System.Diagnostics;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces;

namespace SeedOrleans.Grains.Tests.Runs;

public sealed class StopTests(ClusterFixture cluster, ITestOutputHelper output)
{
    /// <summary>Two seconds are promised; a busy machine that runs tests may need more.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Phases => ["the start", "the cold start", "a rollout", "an update", "a search that dynamic sampling goes on with"];

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task A_run_ends_soon_wherever_it_is_and_leaves_nothing(string phase)
    {
        var run = await StartAsync(phase);

        var clock = Stopwatch.StartNew();
        await run.Grain.StopAsync(Cancellation);
        clock.Stop();
        output.WriteLine($"Stopped in {phase} after {clock.Elapsed.TotalSeconds:0.00} s");

        var summary = await run.Grain.GetSummaryAsync(Cancellation);
        Assert.Equal(RunStatus.Stopped, summary.Status);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Margin);
        Assert.Equal("stopped", (await run.FinishAsync(Cancellation)).Events[^1].Message);
        await AssertNothingLeftAsync(run.Id, summary.Step);
    }

    [Fact]
    public async Task A_run_that_ends_by_itself_leaves_nothing_either()
    {
        var run = await cluster.RunAsync(TinySpecs.Addition, Cancellation);

        await AssertNothingLeftAsync(run.Summary.RunId, run.Summary.Step);
    }

    [Fact]
    public async Task Stopping_twice_or_after_the_end_changes_nothing()
    {
        var run = await StartAsync("a rollout");

        await Task.WhenAll(run.Grain.StopAsync(Cancellation), run.Grain.StopAsync(Cancellation));
        await run.Grain.StopAsync(Cancellation);
        Assert.Equal(RunStatus.Stopped, (await run.Grain.GetSummaryAsync(Cancellation)).Status);

        var finished = await cluster.RunAsync(TinySpecs.Addition, Cancellation);
        await cluster.Grain<GrainInterfaces.Runs.ITrainingRunGrain>(finished.Summary.RunId).StopAsync(Cancellation);
        Assert.Equal(RunStatus.Succeeded, (await cluster.Catalog.FindAsync(finished.Summary.RunId, Cancellation))[0].Status);
    }

    [Fact]
    public async Task A_run_starts_well_after_another_was_stopped()
    {
        await (await StartAsync("an update")).Grain.StopAsync(Cancellation);

        (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();
    }

    private async Task<RunHandle> StartAsync(string phase)
    {
        var endless = TinySpecs.Endless;
        var large = endless.Model.Shape! with { HiddenSize = 256, IntermediateSize = 512, Layers = 4, Experts = 4, Context = 256 };
        var run = await cluster.SubmitAsync(
            phase switch
            {
                "the cold start" => endless with { ColdStart = endless.ColdStart! with { Steps = 1_000_000 } },
                "a rollout" => endless with
                {
                    Model = endless.Model with { Shape = large },
                    ColdStart = null,
                    Algorithm = new AlgorithmSpec { DynamicSampling = false },
                    Rollout = endless.Rollout with { MaxResponseTokens = 200 },
                    Training = endless.Training with { PromptsPerStep = 64, GroupSize = 16 },
                    Data = endless.Data with { Evaluation = [] },
                },
                "an update" => endless with
                {
                    Model = endless.Model with { Shape = large },
                    ColdStart = endless.ColdStart! with { Steps = 100_000, BatchSize = 64 },
                    Training = endless.Training with { MicroBatchTokens = 512 },
                },
                "a search that dynamic sampling goes on with" => endless with
                {
                    ColdStart = null,
                    Data = endless.Data with { Evaluation = [] },
                    Training = endless.Training with { MaxOversampling = 1_000_000 },
                },
                _ => endless,
            },
            Cancellation);

        if (phase is "the cold start" or "an update")
            await run.UntilAsync(phase, happened => happened.Kind == RunEventKind.ColdStartStep, Cancellation);
        else if (phase != "the start")
            await run.UntilAsync(RunStatus.Training, Cancellation);

        return run;
    }

    private async Task AssertNothingLeftAsync(string runId, int steps)
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.DataCache.FindAsync(runId));
        for (var version = PolicyVersion.Initial; version.Step <= steps + 1; version = version.Next())
            Assert.False(cluster.Snapshots.Contains(RunKeys.PolicyVersion(runId, version)));

        // A device thread that was told to end needs a moment to do so.
        Assert.True(
            SpinWait.SpinUntil(() => DeviceThreads().Length == 0, TimeSpan.FromSeconds(2)),
            $"These threads are left: {string.Join(", ", DeviceThreads())}");
    }

    /// <summary>The kernel keeps the first fifteen letters of a thread's name.</summary>
    private static string[] DeviceThreads() =>
    [
        .. Directory.GetDirectories("/proc/self/task").Select(NameOf)
            .Where(name => name.StartsWith("rank ", StringComparison.Ordinal) || name.StartsWith("worker ", StringComparison.Ordinal)),
    ];

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).Trim();
        }
        catch (IOException)
        {
            return ""; // It ended while we looked.
        }
    }
}
