using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Runs;
using SeedOrleans.Grains.Tests.Placement;

namespace SeedOrleans.Grains.Tests.Rewards;

/// <summary>Runs whose responses are programs.</summary>
public sealed class ProgramRunTests(ClusterFixture cluster) : IDisposable
{
    private const string Tests = """{\"inputs\": [\"1\", \"2\"], \"outputs\": [\"7\", \"7\"]}""";

    private readonly TemporaryFolder _files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    /// <summary>The cold start learns one program by heart, which is right, and another that passes one test of two.</summary>
    [Theory]
    [InlineData(false, -1)]
    [InlineData(true, 0)]
    public async Task Programs_are_run_and_earn_what_the_spec_says(bool hasPartialCredit, double half)
    {
        var spec = Spec(Row("print seven=", "print(7)"), Row("print half=", "print(6+int(input()))")) with { Rewards = new RewardSpec { PartialCredit = hasPartialCredit } };

        var run = (await cluster.RunAsync(spec, Cancellation)).Succeeded();

        var step = run.Events.Single(happened => happened.Kind == RunEventKind.TrainingStep);
        Assert.Equal((1 + half) / 2, step.Metrics["critic/score/mean"], 1);
        Assert.Contains(step.Samples, sample => sample is { Correct: true, Reason: "2 of 2 tests passed." });
        Assert.Contains(step.Samples, sample => sample is { Correct: false } && sample.Reason.StartsWith("1 of 2 tests passed: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tests_that_cannot_be_read_refuse_the_run()
    {
        var spec = Spec(Row("print seven=", "print(7)", tests: "{\\\"inputs\\\": [1]}"));

        var refusal = await Assert.ThrowsAsync<RunRefusedException>(() => cluster.SubmitAsync(spec, Cancellation));

        Assert.Contains("/train/1 cannot be read: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_holds_programs_a_run_with_some_is_refused_and_others_are_not()
    {
        var programs = await RunData.LoadAsync(Spec(Row("print seven=", "print(7)")), Cancellation);
        var javaScript = await RunData.LoadAsync(Spec(Row("print seven=", "print(7)", tests: """{\"inputs\": [\"\"], \"outputs\": [\"7\"], \"language\": \"java_script\"}""")), Cancellation);
        var roster = new FakeRoster(FakeRoster.Member(0), FakeRoster.Member(1));

        var refusal = Assert.Throws<RunRefusedException>(() => RewardAdmission.Check(programs, roster));
        RewardAdmission.Check(javaScript, roster);
        RewardAdmission.Check(programs, new FakeRoster(FakeRoster.Member(0), FakeRoster.Member(1, isolates: true)));

        Assert.Contains("Install bubblewrap", refusal.Message, StringComparison.Ordinal);
    }

    private static string Row(string question, string solution, string tests = Tests) => $$"""
        {"data_source": "programs", "prompt": [{"role": "user", "content": "{{question}}"}], "reward_model": {"style": "code", "ground_truth": "{{tests}}"}, "solution": "{{solution}}"}
        """;

    private RunSpec Spec(params string[] rows)
    {
        var file = _files.File($"{Guid.NewGuid():N}.jsonl");
        File.WriteAllLines(file, rows.Select(row => row.Trim()));
        return TinySpecs.Addition with
        {
            Data = new DataSpec { Train = [new DataSource { File = file }], MaxPromptTokens = 16 },
            ColdStart = new ColdStartSpec { Steps = 120, BatchSize = 8, Optimizer = new OptimizerSpec { LearningRate = 1e-2 } },
            Algorithm = new AlgorithmSpec { DynamicSampling = false },
            Rollout = new RolloutSpec { MaxResponseTokens = 30, Temperature = 0.1, Slots = 32 },
            Training = new TrainingSpec { Steps = 1, PromptsPerStep = 2, GroupSize = 2 },
        };
    }
}
