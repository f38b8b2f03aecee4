using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Tests.Runs;

/// <summary>A run's history can be gone on with, gone back in, branched off and computed again, always to the same bits.</summary>
public sealed class ResumptionTests(ClusterFixture cluster)
{
    private const int Steps = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RunSpec Spec => TinySpecs.Addition with
    {
        Training = TinySpecs.Addition.Training with { Steps = Steps, Optimizer = new OptimizerSpec { LearningRate = 1e-5 } },
        Algorithm = TinySpecs.Addition.Algorithm with { DynamicSampling = false },
        Checkpoint = new CheckpointSpec { Every = 2 },
    };

    [Fact]
    public async Task A_stopped_run_goes_on_to_the_bits_of_one_that_was_not()
    {
        var expected = (await cluster.RunAsync(Spec, Cancellation)).Succeeded().Summary;
        var run = await cluster.SubmitAsync(Spec, Cancellation);
        await run.UntilAsync("its third step", happened => happened is { Kind: RunEventKind.TrainingStep, Step: 3 }, Cancellation);
        await run.Grain.StopAsync(Cancellation);
        var stopped = await run.Grain.GetSummaryAsync(Cancellation);
        Assert.Equal(RunStatus.Stopped, stopped.Status);

        await run.Grain.ResumeAsync(step: null, layout: null, Cancellation);
        var resumed = await FinishAsync(run);

        AssertSame(expected, resumed);
        Assert.True(resumed.Epoch > stopped.Epoch);
        Assert.Empty(resumed.Recoveries);
    }

    [Fact]
    public async Task A_run_that_goes_back_does_its_steps_again_to_the_same_bits()
    {
        var run = await cluster.SubmitAsync(Spec, Cancellation);
        var expected = (await run.FinishAsync(Cancellation)).Succeeded().Summary;

        await run.Grain.ResumeAsync(step: 3, layout: null, Cancellation);
        Assert.InRange((await run.Grain.GetSummaryAsync(Cancellation)).Step, 3, Steps);
        var again = await FinishAsync(run);

        AssertSame(expected, again);
    }

    /// <summary>What a fork with that layout comes to, whatever the run does before and after the change.</summary>
    [Fact]
    public async Task A_run_goes_on_under_another_layout_from_where_it_stood()
    {
        var layout = new LayoutSpec { Data = 1, Context = 2 };
        var parent = (await cluster.RunAsync(Spec, Cancellation)).Succeeded().Summary;
        var expected = (await (await ForkAsync(parent.RunId, 3, Spec with { Layout = layout })).FinishAsync(Cancellation)).Succeeded().Summary;
        Assert.NotEqual(parent.WeightsHash, expected.WeightsHash);

        var run = await cluster.SubmitAsync(Spec, Cancellation);
        await run.FinishAsync(Cancellation);
        await run.Grain.ResumeAsync(step: 3, layout, Cancellation);
        var changed = await FinishAsync(run);
        Assert.Equal(expected.WeightsHash, changed.WeightsHash);
        Assert.Equal(layout, (await run.Grain.GetSpecAsync(Cancellation)).Layout);

        // Back to before the change, and on: under the layout that those steps had, and then again under the new one's.
        await run.Grain.ResumeAsync(step: 4, layout: null, Cancellation);
        Assert.Equal(expected.WeightsHash, (await FinishAsync(run)).WeightsHash);
        await run.Grain.ResumeAsync(step: 2, layout: null, Cancellation);
        Assert.Equal(parent.WeightsHash, (await FinishAsync(run)).WeightsHash);
    }

    [Fact]
    public async Task A_layout_that_does_not_fit_is_refused_and_nothing_changes()
    {
        var run = await cluster.SubmitAsync(Spec, Cancellation);
        var before = (await run.FinishAsync(Cancellation)).Succeeded().Summary;

        await RefusesAsync("key-value heads", () => run.Grain.ResumeAsync(2, new LayoutSpec { Tensor = 2 }, Cancellation));
        await RefusesAsync("evenly", () => run.Grain.ResumeAsync(2, new LayoutSpec { Data = 1, Expert = 2 }, Cancellation));

        Assert.Equal(before.Epoch, (await run.Grain.GetSummaryAsync(Cancellation)).Epoch);
    }

    [Fact]
    public async Task A_fork_with_nothing_changed_comes_to_the_same_bits_and_needs_its_parent_no_more()
    {
        var parent = (await cluster.RunAsync(Spec, Cancellation)).Succeeded().Summary;

        var fork = await ForkAsync(parent.RunId, 3, Spec);
        var finished = (await fork.FinishAsync(Cancellation)).Succeeded();

        Assert.Equal((parent.WeightsHash, parent.ChainHash, parent.GroupsConsumed), (finished.Summary.WeightsHash, finished.Summary.ChainHash, finished.Summary.GroupsConsumed));
        Assert.Equal($"{parent.RunId}@3", finished.Summary.ForkedFrom);
        Assert.Equal([4, 5, 6], finished.Events.Where(happened => happened.Kind == RunEventKind.TrainingStep).Select(happened => happened.Step));
        await fork.Grain.ResumeAsync(step: 4, layout: null, Cancellation);
        AssertSame(finished.Summary, await FinishAsync(fork));
    }

    [Fact]
    public async Task A_fork_with_other_settings_goes_its_own_way()
    {
        var parent = (await cluster.RunAsync(Spec, Cancellation)).Succeeded().Summary;

        var fork = await ForkAsync(parent.RunId, 2, Spec with { Layout = new LayoutSpec { Data = 1 }, Training = Spec.Training with { Steps = 4, Optimizer = new OptimizerSpec { LearningRate = 1e-3 } } });
        var finished = (await fork.FinishAsync(Cancellation)).Succeeded().Summary;

        Assert.Equal(4, finished.Step);
        Assert.NotEqual(parent.WeightsHash, finished.WeightsHash);
        Assert.Equal((0L, 0L), (finished.GroupsLost, finished.GroupsDuplicated));
    }

    [Fact]
    public async Task Steps_that_are_computed_again_give_the_hashes_that_were_committed()
    {
        var run = (await cluster.RunAsync(Spec, Cancellation)).Succeeded().Summary;
        var replay = cluster.Grain<IReplayGrain>($"{run.RunId}/a");

        await replay.StartAsync(new ReplayOrder(2, Steps, Dump: true), Cancellation);
        List<ReplayedStep> steps = [];
        while (true)
        {
            var progress = await replay.GetProgressAsync(steps.Count, Cancellation);
            steps.AddRange(progress.Steps);
            Assert.Equal("", progress.Error);
            if (progress.IsFinished && progress.Steps.IsEmpty)
                break;
        }

        Assert.Equal(Enumerable.Range(2, Steps - 1), steps.Select(step => step.Step));
        Assert.All(steps, step => Assert.True(step.Matches));
        Assert.Equal(run.WeightsHash, steps[^1].WeightsHash);
        Assert.All(
            ["record.json", "trajectories.jsonl", "sequences.jsonl", "updates.json", "policy-before/config.json", "policy-after/model.safetensors"],
            file => Assert.True(File.Exists(Path.Combine(steps[0].Dump, file)), file));
        await replay.StopAsync(Cancellation);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_changes_nothing()
    {
        var run = (await cluster.RunAsync(Spec, Cancellation)).Succeeded().Summary;
        var grain = cluster.Grain<ITrainingRunGrain>(run.RunId);

        await RefusesAsync("ended well", () => grain.ResumeAsync(null, null, Cancellation));
        await RefusesAsync("and 7 is none of them", () => grain.ResumeAsync(7, null, Cancellation));
        await RefusesAsync("and 9 is none of them", () => ForkAsync(run.RunId, 9, Spec));
        await RefusesAsync("model.shape", () => ForkAsync(run.RunId, 2, Spec with { Model = Spec.Model with { Shape = Spec.Model.Shape! with { Layers = 2 } } }));
        await RefusesAsync("no run nobody", () => ForkAsync("nobody", 2, Spec));
        await RefusesAsync("7 are not among them", () => cluster.Grain<IReplayGrain>($"{run.RunId}/b").StartAsync(new ReplayOrder(1, 7, false), Cancellation));
        await RefusesAsync("no run nobody", () => cluster.Grain<IReplayGrain>("nobody/b").StartAsync(new ReplayOrder(1, 1, false), Cancellation));

        Assert.Equal((run.Status, run.WeightsHash), ((await grain.GetSummaryAsync(Cancellation)).Status, (await grain.GetSummaryAsync(Cancellation)).WeightsHash));
    }

    private static async Task RefusesAsync(string saying, Func<Task> call) =>
        Assert.Contains(saying, (await Assert.ThrowsAsync<RunRefusedException>(call)).Message, StringComparison.Ordinal);

    private async Task<RunHandle> ForkAsync(string runId, int step, RunSpec spec)
    {
        var fork = await cluster.Catalog.ForkAsync(Guid.NewGuid().ToString(), runId, step, spec, Cancellation);
        return new RunHandle(fork, cluster.Grain<ITrainingRunGrain>(fork));
    }

    private static async Task<RunSummary> FinishAsync(RunHandle run)
    {
        await run.UntilAsync(RunStatus.Succeeded, Cancellation);
        return await run.Grain.GetSummaryAsync(Cancellation);
    }

    private static void AssertSame(RunSummary expected, RunSummary actual) => Assert.Equal(
        (expected.Step, expected.WeightsHash, expected.ChainHash, expected.GroupsConsumed, expected.GroupsDropped, 0L, 0L, expected.EvaluationAfter),
        (actual.Step, actual.WeightsHash, actual.ChainHash, actual.GroupsConsumed, actual.GroupsDropped, actual.GroupsLost, actual.GroupsDuplicated, actual.EvaluationAfter));
}
