using System.Text.Json;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Tests.Runs;

public sealed class TrainingRunTests(ClusterFixture cluster)
{
    /// <summary>The names that dashboards made for verl look for.</summary>
    private static readonly string[] PromisedMetrics =
    [
        "critic/score/mean", "actor/entropy", "actor/pg_clipfrac", "response_length/mean", "timing_s/step", "perf/throughput",
        "training/rollout_probs_diff_mean",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_goes_from_cold_start_to_a_policy_folder()
    {
        var run = (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();

        Assert.Equal(3, run.Summary.Step);
        Assert.NotNull(run.Summary.EvaluationBefore);
        Assert.NotNull(run.Summary.EvaluationAfter);
        Assert.Equal(Enumerable.Range(1, run.Events.Count), run.Events.Select(happened => (int)happened.Number));
        Assert.Equal(
            [RunEventKind.Message, RunEventKind.ColdStartStep, RunEventKind.Evaluation, RunEventKind.TrainingStep, RunEventKind.Finished],
            run.Events.Select(happened => happened.Kind).Distinct());

        using var policy = PolicyFolder.Load(Path.Combine(run.Summary.Folder, "policy"));
        Assert.Equal(TinySpecs.Addition.Model.Shape!.HiddenSize, policy.Config.HiddenSize);
        Assert.True(File.Exists(Path.Combine(run.Summary.Folder, "policy", "tokenizer.json")));
    }

    [Fact]
    public async Task Metrics_are_written_under_the_promised_names_while_the_run_goes_on()
    {
        var run = (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();

        var lines = (await File.ReadAllLinesAsync(Path.Combine(run.Summary.Folder, "metrics.jsonl"), Cancellation))
            .Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var steps = lines.Where(line => line.TryGetProperty("actor/entropy", out _)).ToArray();
        Assert.Equal([1, 2, 3], steps.Select(line => line.GetProperty("step").GetInt32()));
        Assert.All(steps, line => Assert.All(PromisedMetrics, name => Assert.True(line.TryGetProperty(name, out _), name)));
        Assert.Contains(lines, line => line.TryGetProperty("val-core/pass@1", out _));
        Assert.Single(Directory.GetFiles(run.Summary.Folder, "*tfevents*"));
    }

    [Fact]
    public async Task Sampler_and_trainer_agree_on_every_step()
    {
        var run = (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();

        Assert.All(run.Metric("training/rollout_logprobs_diff_mean"), difference => Assert.InRange(difference, 0, 1e-5));
    }

    [Fact]
    public async Task The_same_spec_and_seed_give_the_same_numbers()
    {
        var first = (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();
        var second = (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();
        var other = (await cluster.RunAsync(TinySpecs.Addition with { Seed = 2 }, Cancellation)).Succeeded();

        AssertClose(first, second, tolerance: 1e-6);
        Assert.NotEqual(first.Metric("actor/entropy"), other.Metric("actor/entropy"));
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(3, 5)]
    public async Task The_number_of_workers_and_slots_does_not_change_what_is_learned(int workers, int slots)
    {
        var expected = (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();
        var rollout = TinySpecs.Addition.Rollout with { Workers = workers, Slots = slots };
        var actual = (await cluster.RunAsync(TinySpecs.Addition with { Rollout = rollout }, Cancellation)).Succeeded();

        AssertClose(expected, actual, tolerance: 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_number_of_ranks_does_not_change_what_is_learned(int ranks)
    {
        var expected = (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();
        var actual = (await cluster.RunAsync(TinySpecs.Addition with { Layout = new LayoutSpec { Data = ranks } }, Cancellation)).Succeeded();

        // Sums in another order differ by rounding, which forty steps of cold start carry on.
        AssertClose(expected, actual, tolerance: 1e-3);
    }

    [Theory]
    [InlineData(1, 1, 2, 1, false)]
    [InlineData(2, 1, 1, 2, true)]
    [InlineData(1, 2, 2, 4, true)]
    public async Task The_layout_does_not_change_what_is_learned(int data, int context, int tensor, int expert, bool savesMemory)
    {
        var spec = TinySpecs.Addition with
        {
            Model = TinySpecs.Addition.Model with { Shape = TinySpecs.Addition.Model.Shape! with { KeyValueHeads = 2, Experts = 4, Layers = 2 } },
        };
        var expected = (await cluster.RunAsync(spec with { Layout = new LayoutSpec { Data = 1 } }, Cancellation)).Succeeded();
        var layout = new LayoutSpec { Data = data, Context = context, Tensor = tensor, Expert = expert };
        var memory = new MemorySpec { ReshardAfterForward = savesMemory, RecomputeEvery = savesMemory ? 1 : 0 };

        var actual = (await cluster.RunAsync(spec with { Layout = layout, Memory = memory }, Cancellation)).Succeeded();

        AssertClose(expected, actual, tolerance: 1e-3);
    }

    [Fact]
    public async Task A_layout_that_does_not_fit_a_models_folder_is_refused()
    {
        var folder = Path.Combine((await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded().Summary.Folder, "policy");

        var refusal = await Assert.ThrowsAsync<RunRefusedException>(() => cluster.RunAsync(
            TinySpecs.Addition with { ColdStart = null, Model = new ModelSpec { Path = folder }, Layout = new LayoutSpec { Tensor = 2 } }, Cancellation));

        Assert.Contains("1 key-value heads", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Variants => ["grpo", "dr_grpo", "recompute", "bfloat16", "dense", "several updates", "no cold start"];

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Every_algorithm_and_number_format_runs(string variant)
    {
        var tiny = TinySpecs.Addition;
        var spec = variant switch
        {
            "grpo" => tiny with { Algorithm = new AlgorithmSpec { Preset = AlgorithmPreset.Grpo, KlCoefficient = 0.01 } },
            "dr_grpo" => tiny with { Algorithm = new AlgorithmSpec { Preset = AlgorithmPreset.DrGrpo } },
            "recompute" => tiny with { Training = tiny.Training with { OldLogProbs = OldLogProbs.Recompute, UpdatesPerStep = 2 } },
            "bfloat16" => tiny with { Model = tiny.Model with { Dtype = NumberFormat.Bfloat16 } },
            "dense" => tiny with { Model = tiny.Model with { Shape = tiny.Model.Shape! with { Experts = 0 } } },
            "several updates" => tiny with { Training = tiny.Training with { UpdatesPerStep = 4, MicroBatchTokens = 64 } },
            _ => tiny with { ColdStart = null, Algorithm = new AlgorithmSpec { DynamicSampling = false } },
        };

        var run = (await cluster.RunAsync(spec, Cancellation)).Succeeded();

        Assert.All(run.Metric("actor/grad_norm"), norm => Assert.True(double.IsFinite(norm)));
    }

    [Fact]
    public async Task A_saved_policy_starts_another_run()
    {
        var first = (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();
        var folder = Path.Combine(first.Summary.Folder, "policy");
        var next = (await cluster.RunAsync(
            TinySpecs.Addition with { ColdStart = null, Model = new ModelSpec { Path = folder } }, Cancellation)).Succeeded();

        // The same weights answer the same problems with the same random numbers.
        Assert.Equal(first.Summary.EvaluationAfter, next.Summary.EvaluationBefore);
    }

    [Fact]
    public async Task Two_runs_at_once_do_not_disturb_each_other()
    {
        var alone = (await cluster.RunAsync(TinySpecs.Addition, Cancellation)).Succeeded();
        var together = await Task.WhenAll(
            cluster.RunAsync(TinySpecs.Addition, Cancellation),
            cluster.RunAsync(TinySpecs.Addition with { Layout = new LayoutSpec { Data = 1 } }, Cancellation));

        AssertClose(alone, together[0].Succeeded(), tolerance: 1e-6);
        together[1].Succeeded();
    }

    private static void AssertClose(FinishedRun expected, FinishedRun actual, double tolerance)
    {
        foreach (var name in (string[])["critic/score/mean", "response_length/mean", "actor/entropy", "actor/grad_norm"])
            Assert.All(
                expected.Metric(name).Zip(actual.Metric(name)),
                pair => Assert.True(
                    Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(1, Math.Abs(pair.First)),
                    $"{name}: {pair.First:R} became {pair.Second:R}"));
    }
}
