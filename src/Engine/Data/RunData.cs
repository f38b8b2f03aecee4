using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data;

/// <summary>A run's tokenizer and prompts, and the order in which it meets them.</summary>
public sealed record RunData
{
    /// <summary>The word in <see cref="ModelSpec.Tokenizer"/> that asks for one made of the data's characters.</summary>
    public const string Characters = "characters";

    public required ITextTokenizer Tokenizer { get; init; }

    public required PromptSet Training { get; init; }

    public required PromptSet Evaluation { get; init; }

    /// <summary>How responses to the prompts are judged.</summary>
    public required RewardSpec Rewards { get; init; }

    private ulong OrderSeed { get; init; }

    /// <summary>Reads or makes everything that the spec's data section names.</summary>
    /// <exception cref="EmptyDataException">There is nothing to train on, or nothing to start cold from.</exception>
    public static async Task<RunData> LoadAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        var tokenizer = await LoadTokenizerAsync(spec, cancellationToken);
        var data = new RunData
        {
            Tokenizer = tokenizer,
            Training = await LoadAsync(spec.Data.Train, DataSplit.Training),
            Evaluation = await LoadAsync(spec.Data.Evaluation, DataSplit.Evaluation),
            Rewards = spec.Rewards,
            OrderSeed = AddressedRandom.Derive((ulong)spec.Seed, "order of prompts"),
        };

        if (data.Training.Prompts.IsEmpty)
            throw new EmptyDataException("data.train has no prompts");
        if (spec.ColdStart is { Steps: > 0 } && data.Training.Demonstrations.IsEmpty)
            throw new EmptyDataException("cold_start needs worked solutions, and no row of data.train has a \"solution\"");

        return data;

        Task<PromptSet> LoadAsync(ImmutableArray<DataSource> sources, DataSplit split) => PromptLoader.LoadAsync(
            sources, split, tokenizer, spec.Data.Template, spec.Data.MaxPromptTokens, spec.Seed, cancellationToken);
    }

    /// <summary>The prompt at a place of an endless order: each epoch goes through all prompts once, in an order of its own.</summary>
    public Prompt TrainingPrompt(long cursor) => At(Training.Prompts, cursor, OrderSeed);

    /// <inheritdoc cref="TrainingPrompt"/>
    public Demonstration TrainingDemonstration(long cursor) => At(Training.Demonstrations, cursor, ~OrderSeed);

    /// <summary>The spec's, or one made of its data's characters.</summary>
    public static async Task<ITextTokenizer> LoadTokenizerAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Model.Tokenizer == Characters)
            return CharacterTokenizer.Create(await TaskAlphabet.OfAsync(
                [.. spec.Data.Train, .. spec.Data.Evaluation], spec.Data.Template, cancellationToken));

        return TokenizerFile.Load(spec.Model.Tokenizer ?? spec.Model.Path!);
    }

    private static T At<T>(ImmutableArray<T> items, long cursor, ulong seed)
    {
        var (epoch, place) = Math.DivRem(cursor, items.Length);
        return items[Permutation.At(seed, (ulong)epoch, items.Length, (int)place)];
    }
}
