using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Grains.Training;

/// <summary>What a run begins with: a folder's weights, or random ones that are a function of the run's seed.</summary>
internal static class FirstPolicy
{
    public static ModelWeights Make(RunSpec spec, int vocabulary)
    {
        var config = Config(spec, vocabulary);
        return spec.Model.Path is { } folder
            ? PolicyFolder.Load(folder, config.Dtype)
            : ModelWeights.Random(config, AddressedRandom.Derive((ulong)spec.Seed, "initial weights"), config.Dtype);
    }

    /// <returns>The model's, with the type that its weights have in memory.</returns>
    public static ModelConfig Config(RunSpec spec, int vocabulary) => ModelConfig.Of(spec.Model, vocabulary);

    /// <summary>What sequences cost the run's model.</summary>
    public static SequenceWorkload Workload(RunSpec spec, ITextTokenizer tokenizer) => new(Config(spec, tokenizer.VocabularySize));

    /// <returns>The tokens that end a response: the tokenizer's, and what the model's own configuration adds.</returns>
    public static ImmutableArray<int> StopTokens(RunSpec spec, ITextTokenizer tokenizer)
    {
        var own = spec.Model.Path is { } folder ? PolicyFolder.ReadConfig(folder).EosTokenIds : [];
        return [.. own.Append(tokenizer.EndOfText).Distinct()];
    }
}
