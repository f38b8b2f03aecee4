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
        CancellationToken cancellationToken)
    {
        var prompts = ImmutableArray.CreateBuilder<Prompt>();
        var demonstrations = ImmutableArray.CreateBuilder<Demonstration>();

        await foreach (var question in SourceReader.ReadAsync(sources, split, (ulong)seed, cancellationToken))
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
            prompts.Add(prompt);
            if (question.Solution is { } solution)
                demonstrations.Add(new Demonstration(prompt, [.. tokenizer.EncodePlain(solution), tokenizer.EndOfText]));
        }

        return new PromptSet(prompts.DrainToImmutable(), demonstrations.DrainToImmutable());
    }
}
