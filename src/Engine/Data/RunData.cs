using System.Collections.Immutable;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data.Mixtures;
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

    /// <summary>What training prompts are mixed of; null where they come in one order over all sources.</summary>
    public Mixture? Mixture { get; init; }

    private ulong OrderSeed { get; init; }

    private DemonstrationDraws? Demonstrations => field ??= Mixture is null ? null : new DemonstrationDraws(Mixture, Training, ~OrderSeed);

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
            Mixture = Mixture.Of(spec.Data),
            OrderSeed = AddressedRandom.Derive((ulong)spec.Seed, "order of prompts"),
        };

        if (data.Training.Prompts.IsEmpty)
            throw new EmptyDataException("data.train has no prompts");
        if (spec.ColdStart is { Steps: > 0 } && data.Training.Demonstrations.IsEmpty)
            throw new EmptyDataException("cold_start needs worked solutions, and no row of data.train has a \"solution\"");

        return data;

        Task<PromptSet> LoadAsync(ImmutableArray<DataSource> sources, DataSplit split) => PromptLoader.LoadAsync(
            sources, split, tokenizer, spec.Data.Template, spec.Data.MaxPromptTokens, spec.Seed, cancellationToken, spec.Data.Instructions);
    }

    /// <summary>The prompt at a place of an endless order: each epoch goes through all prompts once, in an order of its own.</summary>
    public Prompt TrainingPrompt(long cursor) => At(Training.Prompts, cursor, OrderSeed);

    /// <summary>The prompts from a place of the run's order on.</summary>
    /// <param name="cursor">How many groups the run has passed before.</param>
    /// <param name="state">Of the mixture then; null where there is none.</param>
    /// <returns>The prompt at a place, which counts as <paramref name="cursor"/> does and is not before it.</returns>
    public Func<long, Prompt> TrainingPrompts(long cursor, MixtureState? state)
    {
        if (state is null)
            return TrainingPrompt;

        var draws = Draw(cursor, state);
        return place => PromptOf(draws.At((int)(place - cursor)));
    }

    /// <summary>Where the prompts after a state of the mixture come from.</summary>
    /// <param name="cursor">How many groups the run has passed before.</param>
    public MixtureDraws Draw(long cursor, MixtureState state) => new(
        Mixture ?? throw new InvalidOperationException("The run's prompts are not mixed."), state, OrderSeed, cursor);

    /// <summary>The worked solution at a place of the cold start's endless order, which knows no state: by the mixture's weights as they are written.</summary>
    public Demonstration TrainingDemonstration(long cursor) =>
        Demonstrations is { } mixed ? mixed.At(cursor) : At(Training.Demonstrations, cursor, ~OrderSeed);

    /// <summary>The spec's, or one made of its data's characters.</summary>
    public static async Task<ITextTokenizer> LoadTokenizerAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Model.Tokenizer == Characters)
            return CharacterTokenizer.Create(await TaskAlphabet.OfAsync(
                [.. spec.Data.Train, .. spec.Data.Evaluation], spec.Data.Template, cancellationToken, spec.Data.Instructions));

        return TokenizerFile.Load(spec.Model.Tokenizer ?? spec.Model.Path!);
    }

    /// <summary>Each source and difficulty has an endless order of its own, which other sources do not change.</summary>
    private Prompt PromptOf(MixtureDraw draw)
    {
        var source = Mixture!.Sources[draw.Source];
        var pool = Training.Pools[source.FirstPool + draw.Level - source.Easiest];
        return Training.Prompts[pool.First + Permutation.AtCursor(AddressedRandom.Derive(OrderSeed, pool.Name), draw.Cursor, pool.Count)];
    }

    private static T At<T>(ImmutableArray<T> items, long cursor, ulong seed) => items[Permutation.AtCursor(seed, cursor, items.Length)];
}
