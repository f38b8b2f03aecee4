using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Tests.Rewards;

/// <summary>Runs whose responses models judge.</summary>
public sealed class JudgedRunTests(ClusterFixture cluster) : IDisposable
{
    /// <summary>Nobody listens there.</summary>
    private const string DeadEndpoint = "http://127.0.0.1:9/v1";

    private readonly TemporaryFolder _files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_policy_of_ours_judges()
    {
        var judge = new JudgeSpec { Path = await PolicyAsync(), Style = JudgeStyle.Verifier, Prompt = JudgePrompt.Compact };

        var run = (await cluster.RunAsync(Spec("judge", "3") with { Rewards = new RewardSpec { Judge = judge } }, Cancellation)).Succeeded();

        Assert.All(Samples(run), sample => Assert.StartsWith("judge: ", sample.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reward_model_grades_by_comparison()
    {
        var rewardModel = new JudgeSpec { Path = await PolicyAsync(), Style = JudgeStyle.Verifier, Prompt = JudgePrompt.Compact };

        var run = (await cluster.RunAsync(Spec("pairwise", "2+1") with { Rewards = new RewardSpec { RewardModel = rewardModel } }, Cancellation)).Succeeded();

        Assert.Contains(Samples(run), sample => sample.Reason.StartsWith("P(YES) = ", StringComparison.Ordinal));
        Assert.InRange(run.Metric("critic/score/mean")[0], -1, 1);
    }

    [Fact]
    public async Task A_reward_model_compares_the_responses_of_a_group_with_each_other()
    {
        var rewards = new RewardSpec
        {
            RewardModel = new JudgeSpec { Path = await PolicyAsync(coldStartSteps: 60), Style = JudgeStyle.Verifier, Prompt = JudgePrompt.Compact },
            Comparison = ResponseComparison.Tournament,
        };

        var run = (await cluster.RunAsync(Spec("pairwise", "2+1") with { Rewards = rewards }, Cancellation)).Succeeded();

        Assert.All(Samples(run), sample => Assert.Equal("The mean of comparisons with other responses.", sample.Reason));
        Assert.InRange(run.Metric("critic/score/mean")[0], -1e-9, 1e-9); // what one wins another loses
        Assert.InRange(run.Metric("critic/score/max")[0], 1e-9, 1);
    }

    [Fact]
    public async Task A_judge_that_is_away_ends_the_run_with_a_reason_and_the_run_can_be_resumed()
    {
        var judge = new JudgeSpec { Endpoint = DeadEndpoint, Model = "none", Retries = 0 };

        var run = await cluster.RunAsync(Spec("judge", "3") with { Rewards = new RewardSpec { Judge = judge } }, Cancellation);

        Assert.Equal(RunStatus.Failed, run.Summary.Status);
        Assert.Contains("Responses could not be judged: ", run.Summary.Error, StringComparison.Ordinal);
        Assert.Contains("resume the run", run.Summary.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_of_mathematics_ask_nobody_where_they_can_tell()
    {
        var judge = new JudgeSpec { Endpoint = DeadEndpoint, Model = "none", Retries = 0 };

        (await cluster.RunAsync(Spec("math", "3") with { Rewards = new RewardSpec { Judge = judge } }, Cancellation)).Succeeded();
    }

    [Theory]
    [InlineData("judge", "rewards.judge")]
    [InlineData("pairwise", "rewards.reward_model")]
    public async Task A_style_without_its_model_is_refused(string style, string key)
    {
        var refusal = await Assert.ThrowsAsync<RunRefusedException>(() => cluster.SubmitAsync(Spec(style, "3"), Cancellation));

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<AnswerSample> Samples(FinishedRun run) =>
        run.Events.Where(happened => happened.Kind == RunEventKind.TrainingStep).SelectMany(step => step.Samples);

    /// <summary>Knows the characters of judging, and after some steps that y or n follows a semicolon.</summary>
    private async Task<string> PolicyAsync(int coldStartSteps = 0)
    {
        var run = await cluster.RunAsync(
            TinySpecs.Addition with
            {
                Data = new DataSpec { Train = [new DataSource { Task = "preference", Count = 8 }, new DataSource { Task = "equivalence", Count = 8 }], MaxPromptTokens = 100 },
                Model = TinySpecs.Addition.Model with { Shape = TinySpecs.Addition.Model.Shape! with { Context = 200 } },
                ColdStart = coldStartSteps == 0 ? null : TinySpecs.Addition.ColdStart! with { Steps = coldStartSteps },
                Training = TinySpecs.Addition.Training with { Steps = 0 },
            },
            Cancellation);
        return Path.Combine(run.Succeeded().Summary.Folder, "policy");
    }

    private RunSpec Spec(string style, string groundTruth)
    {
        var file = _files.File($"{style}.jsonl");
        File.WriteAllText(file, $$"""
            {"data_source": "judged", "prompt": [{"role": "user", "content": "1+2="}], "reward_model": {"style": "{{style}}", "ground_truth": "{{groundTruth}}"}, "solution": "1+2;3"}
            """.Trim());
        return TinySpecs.Addition with
        {
            Data = new DataSpec { Train = [new DataSource { File = file }], MaxPromptTokens = 16 },
            Algorithm = new AlgorithmSpec { DynamicSampling = false },
            Training = new TrainingSpec { Steps = 1, PromptsPerStep = 1, GroupSize = 4 },
        };
    }
}
