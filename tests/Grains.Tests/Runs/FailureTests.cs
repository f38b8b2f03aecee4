using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Grains.Tests.Runs;

public sealed class FailureTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Random weights hardly ever reach a number, so no group has a right answer.</summary>
    private static RunSpec Hopeless => TinySpecs.Addition with
    {
        ColdStart = null,
        Data = new DataSpec { Train = [new DataSource { Task = "countdown", Difficulty = 2, Count = 64 }], MaxPromptTokens = 32 },
        Training = TinySpecs.Addition.Training with { MaxOversampling = 4 },
    };

    [Fact]
    public async Task A_task_that_nobody_solves_fails_the_run_and_says_what_to_do()
    {
        var run = await cluster.RunAsync(Hopeless, Cancellation);

        Assert.Equal(RunStatus.Failed, run.Summary.Status);
        Assert.Contains("of 16 prompt groups had both right and wrong answers", run.Summary.Error, StringComparison.Ordinal);
        Assert.Contains("algorithm.dynamic_sampling: false", run.Summary.Error, StringComparison.Ordinal);
        Assert.Equal(run.Summary.Error, run.Events[^1].Message);
    }

    [Fact]
    public async Task A_run_starts_well_after_another_failed()
    {
        await cluster.RunAsync(Hopeless, Cancellation);

        (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();
    }

    [Fact]
    public async Task Numbers_that_explode_fail_the_run_by_name_and_not_by_a_deadlock_of_its_ranks()
    {
        var run = await cluster.RunAsync(
            TinySpecs.Addition with
            {
                ColdStart = TinySpecs.Addition.ColdStart! with { Optimizer = new OptimizerSpec { LearningRate = 1e38, MaxGradientNorm = 0 } },
                Layout = new LayoutSpec { Data = 3 },
            },
            Cancellation);

        Assert.Equal(RunStatus.Failed, run.Summary.Status);
        Assert.Contains("gradient's norm", run.Summary.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_vanish_are_made_again_and_the_run_goes_on()
    {
        var run = await cluster.SubmitAsync(TinySpecs.Endless, Cancellation);
        await run.UntilAsync("its first step", happened => happened.Kind == RunEventKind.TrainingStep, Cancellation);

        cluster.Snapshots.RemoveAll(run.Id);

        var step = (await run.Grain.GetSummaryAsync(Cancellation)).Step;
        await run.UntilAsync("more steps", happened => happened.Kind == RunEventKind.TrainingStep && happened.Step > step + 3, Cancellation);
        await run.Grain.StopAsync(Cancellation);
        await run.FinishAsync(Cancellation);
    }
}
