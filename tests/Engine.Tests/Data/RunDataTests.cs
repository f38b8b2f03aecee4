using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Tests.Models.HuggingFace;
using SeedOrleans.Engine.Tests.Specs;

namespace SeedOrleans.Engine.Tests.Data;

public sealed class RunDataTests
{
    private static readonly RunSpec Spec = SpecText.Parse(SpecText.Valid).Spec!;

    private static readonly DataSpec Mixed = new()
    {
        Train = [new DataSource { Task = "addition", Hardest = 3, Count = 6 }, new DataSource { Task = "modular", Count = 5, Domain = "modular" }],
        MaxPromptTokens = 16,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Runs that were recorded stand on this order.</summary>
    /// <remarks>Expected from Philox and the Feistel network of <c>Permutation</c>, written again in Python.</remarks>
    [Fact]
    public async Task Without_a_mixture_prompts_come_in_one_order_over_all_sources()
    {
        var data = await RunData.LoadAsync(Spec with { Data = Mixed with { Train = [.. Mixed.Train.Select(source => source with { Hardest = null, Domain = null })] } }, Cancellation);

        var prompts = data.TrainingPrompts(3, state: null);
        Assert.Null(data.Mixture);
        Assert.Equal(Enumerable.Range(0, 40).Select(place => data.TrainingPrompt(place).Id), Enumerable.Range(0, 40).Select(place => prompts(place).Id));
        Assert.Equal(
            ["addition-1/train/2", "modular-1/train/3", "addition-1/train/4", "addition-1/train/5", "addition-1/train/1"],
            Enumerable.Range(0, 5).Select(place => data.TrainingPrompt(place).Id));
    }

    [Fact]
    public async Task A_source_goes_through_its_prompts_before_it_repeats_one_whatever_the_others_do()
    {
        var data = await RunData.LoadAsync(Spec with { Data = Mixed }, Cancellation);
        var prompts = data.TrainingPrompts(0, data.Mixture!.Begin());

        var drawn = Enumerable.Range(0, 40).Select(place => prompts(place).Id).ToList();

        Assert.Equal(6, drawn.Where(id => id.StartsWith("addition-1/", StringComparison.Ordinal)).Take(6).Distinct().Count());
        Assert.Equal(5, drawn.Where(id => id.StartsWith("modular-1/", StringComparison.Ordinal)).Take(5).Distinct().Count());

        var other = await RunData.LoadAsync(Spec with { Data = Mixed with { Train = [Mixed.Train[0] with { Weight = 9 }, Mixed.Train[1] with { Task = "caesar" }] } }, Cancellation);
        var others = other.TrainingPrompts(0, other.Mixture!.Begin());
        Assert.Equal(
            drawn.Where(id => id.StartsWith("addition-1/", StringComparison.Ordinal)).Take(12),
            Enumerable.Range(0, 40).Select(place => others(place).Id).Where(id => id.StartsWith("addition-1/", StringComparison.Ordinal)).Take(12));
    }

    [Fact]
    public async Task The_cold_start_goes_by_the_weights_and_through_all_levels()
    {
        var data = await RunData.LoadAsync(Spec with { Data = Mixed with { Train = [Mixed.Train[0], Mixed.Train[1] with { Weight = 3 }] } }, Cancellation);

        var shown = Enumerable.Range(0, 400).Select(place => data.TrainingDemonstration(place).Prompt).ToList();

        var sources = shown.CountBy(prompt => prompt.DataSource).ToDictionary();
        Assert.InRange(sources["modular-1"], 297, 303);
        Assert.All((string[])["addition-1", "addition-2", "addition-3"], level => Assert.InRange(sources[level], 15, 60));
        Assert.Equal(18 + 5, shown.Select(prompt => prompt.Id).Distinct().Count());
        Assert.Equal(shown[123].Id, data.TrainingDemonstration(123).Prompt.Id);
    }

    [Fact]
    public async Task What_has_no_worked_solutions_is_left_out_of_the_cold_start()
    {
        using var files = new TemporaryFolder();
        var file = Path.Combine(files.Path, "bare.jsonl");
        await File.WriteAllTextAsync(file, """{"data_source": "bare", "prompt": [{"role": "user", "content": "1+2="}], "reward_model": {"style": "math", "ground_truth": "3"}}""", Cancellation);
        var data = await RunData.LoadAsync(
            Spec with { Data = Mixed with { Train = [new DataSource { File = file, Weight = 5 }, .. Mixed.Train] } }, Cancellation);

        Assert.All(Enumerable.Range(0, 50), place => Assert.NotEqual("bare", data.TrainingDemonstration(place).Prompt.DataSource));
    }

    [Fact]
    public async Task A_ladder_has_the_prompts_of_all_its_levels_and_gives_those_of_the_one_it_is_at()
    {
        var data = await RunData.LoadAsync(Spec with { Data = Mixed }, Cancellation);
        var begun = data.Mixture!.Begin();
        var prompts = data.TrainingPrompts(0, begun with { Sources = [begun.Sources[0] with { Level = 3 }, begun.Sources[1]] });

        var drawn = Enumerable.Range(0, 200).Select(place => prompts(place).DataSource).CountBy(source => source).ToDictionary();

        Assert.Equal(["addition-1", "addition-2", "addition-3", "modular-1"], data.Training.Pools.Select(pool => pool.Name));
        Assert.Equal(["addition-2", "addition-3", "modular-1"], drawn.Keys.Order());
        Assert.True(drawn["addition-3"] > drawn["addition-2"]);
    }

    [Fact]
    public async Task A_prompt_too_long_is_refused_before_its_level_is_reached()
    {
        var refusal = await Assert.ThrowsAsync<PromptTooLongException>(() => RunData.LoadAsync(
            Spec with { Data = Mixed with { Train = [new DataSource { Task = "addition", Hardest = 8, Count = 6 }] } }, Cancellation));

        Assert.StartsWith("addition-8/train/", refusal.PromptId);
    }

    [Fact]
    public async Task Instructions_stand_before_the_question()
    {
        var data = await RunData.LoadAsync(
            Spec with { Data = Mixed with { Template = PromptTemplate.Chatml, Instructions = true, MaxPromptTokens = 1000 } }, Cancellation);

        var prompt = data.Training.Prompts[0];
        var text = data.Tokenizer.Decode(prompt.Tokens.AsSpan());
        Assert.Contains("user\nA question such as", text, StringComparison.Ordinal);
        Assert.Contains("\n\nExample: 8+8=\n", text, StringComparison.Ordinal);
        Assert.EndsWith($"\n\n{prompt.Question}\nassistant\n", text, StringComparison.Ordinal);
    }
}
