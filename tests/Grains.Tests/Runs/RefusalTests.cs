using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Tests.Runs;

public sealed class RefusalTests(ClusterFixture cluster) : IDisposable
{
    private readonly TemporaryFolder _files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public Task A_model_folder_that_is_not_there() => RefusesAsync(
        "/nowhere/model", TinySpecs.Addition with { Model = new ModelSpec { Path = "/nowhere/model", Tokenizer = "characters" } });

    [Fact]
    public async Task A_model_with_a_missing_shard()
    {
        var model = await SavedPolicyAsync();
        File.Delete(Path.Combine(model, "model.safetensors"));
        await File.WriteAllTextAsync(
            Path.Combine(model, "model.safetensors.index.json"),
            """{"metadata": {}, "weight_map": {"model.norm.weight": "model-00001-of-00002.safetensors"}}""", Cancellation);

        await RefusesAsync("model-00001-of-00002.safetensors", FromModel(model));
    }

    [Fact]
    public async Task A_model_with_a_torn_file()
    {
        var model = await SavedPolicyAsync();
        await using (var file = new FileStream(Path.Combine(model, "model.safetensors"), FileMode.Open))
            file.SetLength(file.Length / 2);

        await RefusesAsync("model.safetensors", FromModel(model));
    }

    [Fact]
    public async Task A_model_that_lacks_a_tensor()
    {
        var model = await SavedPolicyAsync();
        var config = Path.Combine(model, "config.json");
        var text = await File.ReadAllTextAsync(config, Cancellation);
        await File.WriteAllTextAsync(config, text.Replace("\"num_hidden_layers\": 1", "\"num_hidden_layers\": 2", StringComparison.Ordinal), Cancellation);

        await RefusesAsync("model.layers.1.", FromModel(model));
    }

    [Fact]
    public async Task A_tokenizer_with_more_tokens_than_the_model()
    {
        var model = await SavedPolicyAsync();
        var rows = string.Concat("abcdefghijklmnopqrstuvwxyz");
        var spec = FromModel(model) with
        {
            Model = new ModelSpec { Path = model, Tokenizer = "characters" },
            Data = Rows($$"""{"question": "{{rows}}", "answer": "1"}""") with { MaxPromptTokens = 32 },
        };

        await RefusesAsync("use the tokenizer that belongs to the model", spec);
    }

    [Fact]
    public Task A_prompt_longer_than_allowed() => RefusesAsync(
        "tokens", TinySpecs.Addition with { Data = TinySpecs.Addition.Data with { MaxPromptTokens = 3 } });

    [Fact]
    public Task Prompts_and_responses_longer_than_the_context() => RefusesAsync(
        "lower one of the two", TinySpecs.Addition with { Rollout = TinySpecs.Addition.Rollout with { MaxResponseTokens = 40 } });

    [Fact]
    public Task A_data_file_without_rows() => RefusesAsync("data.jsonl", TinySpecs.Addition with { Data = Rows("") });

    [Fact]
    public Task A_data_file_that_is_not_there() => RefusesAsync(
        "/nowhere.jsonl", TinySpecs.Addition with { Data = new DataSpec { Train = [new DataSource { File = "/nowhere.jsonl" }] } });

    [Fact]
    public Task A_row_without_a_prompt() => RefusesAsync("row 2", TinySpecs.Addition with
    {
        Data = Rows("""{"question": "1+1=", "answer": "2", "solution": "2"}""", """{"answer": "2"}"""),
    });

    [Fact]
    public Task A_reward_style_that_nobody_judges() => RefusesAsync("\"oracle\"", TinySpecs.Addition with
    {
        ColdStart = null,
        Data = Rows("""{"data_source": "mine", "prompt": [{"role": "user", "content": "1+1="}], "reward_model": {"style": "oracle", "ground_truth": "2"}}"""),
    });

    [Fact]
    public Task A_cold_start_without_worked_solutions() => RefusesAsync(
        "cold_start", TinySpecs.Addition with { Data = Rows("""{"question": "1+1=", "answer": "2"}""") });

    [Fact]
    public Task More_held_out_problems_than_there_are() => RefusesAsync("at most 12", TinySpecs.Addition with
    {
        Data = TinySpecs.Addition.Data with { Evaluation = [new DataSource { Task = "addition", Difficulty = 1, Count = 13 }] },
    });

    [Fact]
    public async Task A_refused_submission_may_be_tried_again_with_what_was_wrong_put_right()
    {
        var id = Guid.NewGuid().ToString();
        var bad = TinySpecs.Addition with { Data = TinySpecs.Addition.Data with { MaxPromptTokens = 3 } };
        await Assert.ThrowsAsync<RunRefusedException>(() => cluster.Catalog.SubmitAsync(id, bad, Cancellation));

        var runId = await cluster.Catalog.SubmitAsync(id, TinySpecs.Addition, Cancellation);

        (await new RunHandle(runId, cluster.Grain<ITrainingRunGrain>(runId)).FinishAsync(Cancellation)).Succeeded();
    }

    [Fact]
    public async Task A_submission_sent_twice_is_one_run()
    {
        var id = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(
            cluster.Catalog.SubmitAsync(id, TinySpecs.Addition, Cancellation),
            cluster.Catalog.SubmitAsync(id, TinySpecs.Addition, Cancellation));
        var late = await cluster.Catalog.SubmitAsync(id, TinySpecs.Addition, Cancellation);

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0], late);
        Assert.Single(await cluster.Catalog.ListAsync(Cancellation), run => run.RunId == late);
        await new RunHandle(late, cluster.Grain<ITrainingRunGrain>(late)).FinishAsync(Cancellation);
    }

    [Fact]
    public async Task A_submission_whose_caller_gives_up_is_in_the_list_or_was_never_started()
    {
        var id = Guid.NewGuid().ToString();
        using var impatience = new CancellationTokenSource();
        var submission = cluster.Catalog.SubmitAsync(id, TinySpecs.Endless, impatience.Token);
        await impatience.CancelAsync();
        await submission.ContinueWith(_ => { }, TaskScheduler.Default);

        var runId = await cluster.Catalog.SubmitAsync(id, TinySpecs.Endless, Cancellation);

        Assert.Single(await cluster.Catalog.FindAsync(runId, Cancellation));
        await cluster.Grain<ITrainingRunGrain>(runId).StopAsync(Cancellation);
    }

    private async Task RefusesAsync(string saying, RunSpec spec)
    {
        var name = $"refused-{Guid.NewGuid():N}";

        var refusal = await Assert.ThrowsAsync<RunRefusedException>(() => cluster.SubmitAsync(spec with { Name = name }, Cancellation));

        Assert.Contains(saying, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await cluster.Catalog.ListAsync(Cancellation), run => run.Name == name);
        Assert.DoesNotContain(Directory.GetDirectories(cluster.Data.Path), folder => folder.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>A good model folder of our own.</summary>
    private async Task<string> SavedPolicyAsync()
    {
        var run = await cluster.RunAsync(TinySpecs.Addition with { ColdStart = null, Algorithm = new AlgorithmSpec { DynamicSampling = false } }, Cancellation);
        return Path.Combine(run.Succeeded().Summary.Folder, "policy");
    }

    private static RunSpec FromModel(string folder) => TinySpecs.Addition with { ColdStart = null, Model = new ModelSpec { Path = folder } };

    private DataSpec Rows(params ImmutableArray<string> lines)
    {
        var file = _files.File("data.jsonl");
        File.WriteAllLines(file, lines);
        return new DataSpec { Train = [new DataSource { File = file }], MaxPromptTokens = 16 };
    }
}
