using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Tests.Runs;

/// <summary>A run whose prompts are mixed, whose weights adapt and whose difficulty rises is as repeatable as any other.</summary>
public sealed class MixtureRunTests(ClusterFixture cluster)
{
    private const int Steps = 8;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Two domains, of which a short cold start shows enough to be right now and then; one answer in twenty lets a difficulty rise.</summary>
    private static RunSpec Spec => TinySpecs.Addition with
    {
        Data = new DataSpec
        {
            Train =
            [
                new DataSource { Task = "addition", Hardest = 2, Count = 48 },
                new DataSource { Task = "truth-table", Count = 32, Weight = 2 },
            ],
            Evaluation = [new DataSource { Task = "addition", Count = 4, Hardest = 2 }],
            MaxPromptTokens = 24,
            Mixture = new MixtureSpec { Adapt = true, Rate = 0.1, Fast = 0.3, Slow = 0.1 },
            Ladder = new LadderSpec { Window = 4, RiseAt = 0.05, FallBelow = 0.01 },
        },
        ColdStart = TinySpecs.Addition.ColdStart! with { Steps = 240 },
        Rollout = TinySpecs.Addition.Rollout with { MaxResponseTokens = 24 },
        Algorithm = TinySpecs.Addition.Algorithm with { DynamicSampling = false },
        Training = TinySpecs.Addition.Training with { Steps = Steps, PromptsPerStep = 8 },
        Checkpoint = new CheckpointSpec { Every = 3, Keep = 8 },
    };

    [Fact]
    public async Task Weights_and_levels_move_and_are_told()
    {
        var run = (await cluster.RunAsync(Spec, Cancellation)).Succeeded();

        var (sums, logic) = (run.Metric("data/weight/arithmetic"), run.Metric("data/weight/logic"));
        Assert.Equal((1.0 / 3, 2.0 / 3), (sums[0], logic[0]));
        Assert.True(sums.Distinct().Count() > 1, "The weights never moved.");
        Assert.All(sums.Zip(logic), pair => Assert.Equal(1, pair.First + pair.Second, 1e-9));
        Assert.All(run.Metric("data/groups/arithmetic").Zip(run.Metric("data/groups/logic")), pair => Assert.Equal(8, pair.First + pair.Second));
        Assert.Equal(1, run.Metric("data/level/addition")[0]);
        Assert.Contains(run.Events, happened => happened is { Kind: RunEventKind.Message, Message: "addition rises from difficulty 1 to 2" });
        Assert.Contains(2.0, run.Metric("data/level/addition"));
    }

    [Fact]
    public async Task Dynamic_sampling_passes_groups_of_a_mixture_too()
    {
        var run = (await cluster.RunAsync(
            Spec with { Algorithm = TinySpecs.Addition.Algorithm, Training = Spec.Training with { Steps = 2, PromptsPerStep = 2 } }, Cancellation)).Succeeded();

        Assert.Equal(
            run.Summary.GroupsConsumed + run.Summary.GroupsDropped, run.Metric("data/groups/arithmetic").Sum() + run.Metric("data/groups/logic").Sum());
        Assert.Equal((0L, 0L), (run.Summary.GroupsLost, run.Summary.GroupsDuplicated));
    }

    [Fact]
    public async Task A_stopped_run_goes_on_to_the_bits_of_one_that_was_not()
    {
        var expected = (await cluster.RunAsync(Spec, Cancellation)).Succeeded();
        var run = await cluster.SubmitAsync(Spec, Cancellation);
        await run.UntilAsync("its fifth step", happened => happened is { Kind: RunEventKind.TrainingStep, Step: 5 }, Cancellation);
        await run.Grain.StopAsync(Cancellation);

        await run.Grain.ResumeAsync(step: null, layout: null, Cancellation);
        await run.UntilAsync(RunStatus.Succeeded, Cancellation);

        AssertSame(expected.Summary, await run.Grain.GetSummaryAsync(Cancellation));

        // Back to a step that no checkpoint stands at.
        await run.Grain.ResumeAsync(step: 4, layout: null, Cancellation);
        await run.UntilAsync(RunStatus.Succeeded, Cancellation);

        AssertSame(expected.Summary, await run.Grain.GetSummaryAsync(Cancellation));
    }

    [Fact]
    public async Task Workers_and_slots_do_not_change_what_is_drawn()
    {
        var expected = (await cluster.RunAsync(Spec, Cancellation)).Succeeded();
        var other = (await cluster.RunAsync(Spec with { Rollout = Spec.Rollout with { Workers = 3, Slots = 5 } }, Cancellation)).Succeeded();

        Assert.Equal(expected.Metric("data/groups/arithmetic"), other.Metric("data/groups/arithmetic"));
        Assert.Equal(expected.Metric("data/weight/arithmetic")[1], other.Metric("data/weight/arithmetic")[1], 1e-9);
    }

    [Fact]
    public async Task A_fork_and_a_replay_come_to_the_same_bits()
    {
        var parent = (await cluster.RunAsync(Spec, Cancellation)).Succeeded().Summary;

        var id = await cluster.Catalog.ForkAsync(Guid.NewGuid().ToString(), parent.RunId, 4, Spec, Cancellation);
        var fork = (await new RunHandle(id, cluster.Grain<ITrainingRunGrain>(id)).FinishAsync(Cancellation)).Succeeded().Summary;
        Assert.Equal((parent.WeightsHash, parent.ChainHash), (fork.WeightsHash, fork.ChainHash));

        var replay = cluster.Grain<IReplayGrain>($"{id}/a");
        await replay.StartAsync(new ReplayOrder(5, Steps, Dump: false), Cancellation);
        List<ReplayedStep> steps = [];
        while (true)
        {
            var progress = await replay.GetProgressAsync(steps.Count, Cancellation);
            Assert.Equal("", progress.Error);
            steps.AddRange(progress.Steps);
            if (progress.IsFinished && progress.Steps.IsEmpty)
                break;
        }

        Assert.Equal(Enumerable.Range(5, Steps - 4), steps.Select(step => step.Step));
        Assert.All(steps, step => Assert.True(step.Matches));
        await replay.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_fork_may_be_mixed_otherwise()
    {
        var parent = (await cluster.RunAsync(Spec with { Training = Spec.Training with { Steps = 2 } }, Cancellation)).Succeeded().Summary;

        var spec = Spec with { Data = Spec.Data with { Train = [Spec.Data.Train[1], Spec.Data.Train[0] with { Weight = 6 }] } };
        var id = await cluster.Catalog.ForkAsync(Guid.NewGuid().ToString(), parent.RunId, 2, spec, Cancellation);
        var fork = (await new RunHandle(id, cluster.Grain<ITrainingRunGrain>(id)).FinishAsync(Cancellation)).Succeeded();

        Assert.Equal(0.75, fork.Metric("data/weight/arithmetic")[0], 1e-9);
    }

    /// <summary>A step that finds all prompts solved orders again under the same number, with higher levels.</summary>
    [Fact]
    public async Task An_order_with_other_levels_is_another_collection()
    {
        var runId = $"pool-{Guid.NewGuid():N}";
        var data = await cluster.DataCache.LoadAsync(runId, Spec);
        var pool = cluster.Grain<ISamplePoolGrain>(runId);
        var first = data.Mixture!.Begin();
        var second = first with { Sources = [first.Sources[0] with { Level = 2 }, first.Sources[1]] };

        var easy = await SourcesAsync(first, Guid.NewGuid());
        var again = await SourcesAsync(first, Guid.NewGuid());
        var hard = await SourcesAsync(second, Guid.NewGuid());

        Assert.Contains("addition-1", easy);
        Assert.Empty(again); // All of it is handed out already.
        Assert.Contains("addition-2", hard);
        await pool.CloseAsync(1, Cancellation);

        async Task<IEnumerable<string>> SourcesAsync(MixtureState state, Guid life)
        {
            await pool.OpenAsync(OrderOf(state), Cancellation);
            var offer = await pool.TakeAsync(new WorkerLife($"{runId}/{life}", life, 1), 1000, busyWith: 0, Cancellation);
            return offer.Requests.Select(request => request.Prompt.DataSource).Distinct();
        }
    }

    private static CollectionOrder OrderOf(MixtureState state) => new()
    {
        CollectionId = 2,
        Split = PromptSplit.Training,
        Cursor = 0,
        Groups = 24,
        GroupSize = 2,
        OnlyInformative = false,
        MostGroups = 24,
        Policy = PolicyVersion.Initial,
        Sampling = new SamplingParameters { MaxResponseTokens = 4 },
        Seed = 1,
        Epoch = 1,
        Mixture = state,
    };

    private static void AssertSame(RunSummary expected, RunSummary actual) => Assert.Equal(
        (expected.Step, expected.WeightsHash, expected.ChainHash, expected.GroupsConsumed, 0L, 0L),
        (actual.Step, actual.WeightsHash, actual.ChainHash, actual.GroupsConsumed, actual.GroupsLost, actual.GroupsDuplicated));
}
