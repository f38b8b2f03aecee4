using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Tokenizers;

namespace SeedOrleans.Engine.Tests.Data;

public sealed class PromptLoaderTests
{
    private static readonly ImmutableArray<DataSource> Addition = [new DataSource { Task = "addition", Difficulty = 3, Count = 20 }];

    [Fact]
    public async Task Tasks_become_prompts_with_demonstrations()
    {
        var tokenizer = await TokenizerFor(Addition, PromptTemplate.Plain);
        var set = await Load(Addition, DataSplit.Training, tokenizer);

        Assert.Equal(Enumerable.Range(0, 20).Select(index => $"addition-3/train/{index}"), set.Prompts.Select(prompt => prompt.Id));
        Assert.All(set.Prompts, prompt =>
        {
            Assert.Equal(("addition-3", "task:addition"), (prompt.DataSource, prompt.RewardStyle));
            Assert.Equal(prompt.Question, tokenizer.Decode(prompt.Tokens.AsSpan()));
        });
        Assert.Equal(set.Prompts, set.Demonstrations.Select(demonstration => demonstration.Prompt));
        Assert.All(set.Demonstrations, demonstration =>
        {
            Assert.Equal(tokenizer.EndOfText, demonstration.ResponseTokens[^1]);
            Assert.EndsWith($";{demonstration.Prompt.GroundTruth}", tokenizer.Decode(demonstration.ResponseTokens.AsSpan()));
        });
    }

    [Fact]
    public async Task Loading_again_gives_the_same_prompts()
    {
        var tokenizer = await TokenizerFor(Addition, PromptTemplate.Plain);

        Assert.Equal(
            (await Load(Addition, DataSplit.Evaluation, tokenizer)).Prompts.Select(prompt => (prompt.Id, prompt.Question)),
            (await Load(Addition, DataSplit.Evaluation, tokenizer)).Prompts.Select(prompt => (prompt.Id, prompt.Question)));
    }

    [Fact]
    public async Task A_source_named_twice_gives_other_ids_and_other_problems()
    {
        ImmutableArray<DataSource> twice = [.. Addition, .. Addition];
        var prompts = (await Load(twice, DataSplit.Training, await TokenizerFor(twice, PromptTemplate.Plain))).Prompts;

        Assert.Equal("addition-3.2/train/0", prompts[20].Id);
        Assert.Equal(40, prompts.Select(prompt => prompt.Id).Distinct().Count());
        Assert.NotEqual(prompts.Take(20).Select(prompt => prompt.Question), prompts.Skip(20).Select(prompt => prompt.Question));
    }

    [Fact]
    public async Task Chatml_wraps_the_question()
    {
        var tokenizer = await TokenizerFor(Addition, PromptTemplate.Chatml);
        var prompt = (await Load(Addition, DataSplit.Training, tokenizer, PromptTemplate.Chatml)).Prompts[0];

        Assert.Equal(
            $"<|im_start|>user\n{prompt.Question}<|im_end|>\n<|im_start|>assistant\n",
            tokenizer.Decode(prompt.Tokens.AsSpan(), skipSpecialTokens: false));
    }

    [Fact]
    public async Task A_prompt_too_long_is_refused_by_id()
    {
        var tokenizer = await TokenizerFor(Addition, PromptTemplate.Plain);

        var refusal = await Assert.ThrowsAsync<PromptTooLongException>(
            () => Load(Addition, DataSplit.Training, tokenizer, maxPromptTokens: 7));

        Assert.Equal(("addition-3/train/0", 8, 7), (refusal.PromptId, refusal.Tokens, refusal.Limit));
    }

    private static async Task<ITextTokenizer> TokenizerFor(ImmutableArray<DataSource> sources, PromptTemplate template) =>
        CharacterTokenizer.Create(await TaskAlphabet.OfAsync(sources, template, TestContext.Current.CancellationToken));

    private static Task<PromptSet> Load(
        ImmutableArray<DataSource> sources,
        DataSplit split,
        ITextTokenizer tokenizer,
        PromptTemplate template = PromptTemplate.Plain,
        int maxPromptTokens = 64) =>
        PromptLoader.LoadAsync(
            sources, split, tokenizer, template, maxPromptTokens, seed: 1, TestContext.Current.CancellationToken);
}
