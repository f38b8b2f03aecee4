using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data.Tokenizers;

namespace SeedOrleans.Engine.Data;

/// <summary>Makes a run's prompts out of its data sources.</summary>
public static class PromptLoader
{
    /// <summary>
    /// Prompt ids read <c>addition-3/train/17</c> (the 18th problem drawn) or <c>gsm8k/eval/12</c> (line 12 of the file);
    /// the same sources, seed and split give the same ids and questions every time.
    /// </summary>
    /// <param name="seed">Chooses among generated problems; files do not depend on it.</param>
    /// <param name="instructions">Put a task's rules and an example before each of its questions; takes a template of messages.</param>
    /// <exception cref="PromptTooLongException">A prompt has more than <paramref name="maxPromptTokens"/> tokens.</exception>
    /// <exception cref="Tasks.UnknownTaskException">A source names no task.</exception>
    /// <exception cref="Tasks.TaskExhaustedException">A task has fewer problems than asked for.</exception>
    /// <exception cref="Files.DataSetFormatException">A file is missing, empty or has bad rows.</exception>
    public static async Task<PromptSet> LoadAsync(
        ImmutableArray<DataSource> sources,
        DataSplit split,
        ITextTokenizer tokenizer,
        PromptTemplate template,
        int maxPromptTokens,
        long seed,
        CancellationToken cancellationToken,
        bool instructions = false)
    {
        var prompts = ImmutableArray.CreateBuilder<Prompt>();
        var demonstrations = ImmutableArray.CreateBuilder<Demonstration>();
        var pools = ImmutableArray.CreateBuilder<PromptPool>();

        await foreach (var question in SourceReader.ReadAsync(sources, split, (ulong)seed, instructions, cancellationToken))
        {
            var tokens = template == PromptTemplate.Chatml
                ? ChatMl.Encode(tokenizer, question.Messages)
                : tokenizer.EncodePlain(question.Text);
            if (tokens.Length > maxPromptTokens)
                throw new PromptTooLongException(question.Id, tokens.Length, maxPromptTokens);

            var prompt = new Prompt
            {
                Id = question.Id,
                Tokens = tokens,
                Question = question.Text,
                DataSource = question.DataSource,
                RewardStyle = question.RewardStyle,
                GroundTruth = question.GroundTruth,
            };
            if (pools.Count == 0 || pools[^1].Name != question.Pool)
                pools.Add(new PromptPool(question.Pool, prompts.Count, 0, 0));

            pools[^1] = pools[^1] with { Count = pools[^1].Count + 1, Demonstrations = pools[^1].Demonstrations + (question.Solution is null ? 0 : 1) };
            prompts.Add(prompt);
            if (question.Solution is { } solution)
                demonstrations.Add(new Demonstration(prompt, [.. tokenizer.EncodePlain(solution), tokenizer.EndOfText]));
        }

        return new PromptSet(prompts.DrainToImmutable(), demonstrations.DrainToImmutable(), pools.DrainToImmutable());
    }
}
