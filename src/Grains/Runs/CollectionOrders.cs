using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>What a run asks of its pool: a function of its spec and of where it is, so that every life asks the same.</summary>
internal sealed class CollectionOrders(RunSpec spec, RunData data)
{
    private readonly Algorithm _algorithm = AlgorithmPresets.Resolve(spec.Algorithm);
    private readonly ImmutableArray<int> _stopTokens = FirstPolicy.StopTokens(spec, data.Tokenizer);

    /// <param name="place">Where in the order of prompts the step begins.</param>
    /// <param name="expectedYield">Share of groups expected to be informative.</param>
    /// <param name="logStart">Where in the log of judged responses this step's may begin.</param>
    public CollectionOrder Training(int step, PolicyVersion policy, PromptPlace place, double expectedYield, long logStart) => new()
    {
        CollectionId = StepRecords.CollectionOf(step),
        LogStart = logStart,
        Split = PromptSplit.Training,
        Cursor = place.Cursor,
        Mixture = place.Mixture,
        Groups = spec.Training.PromptsPerStep,
        GroupSize = spec.Training.GroupSize,
        OnlyInformative = _algorithm.DynamicSampling,
        MostGroups = spec.Training.PromptsPerStep * (_algorithm.DynamicSampling ? spec.Training.MaxOversampling : 1),
        ExpectedYield = _algorithm.DynamicSampling ? expectedYield : 1,
        HoldsTournaments = spec.Rewards.Comparison == ResponseComparison.Tournament,
        Policy = policy,
        Seed = AddressedRandom.Derive(AddressedRandom.Derive((ulong)spec.Seed, "rollout"), (ulong)step),
        Sampling = new SamplingParameters
        {
            Temperature = spec.Rollout.Temperature,
            TopP = spec.Rollout.TopP,
            TopK = spec.Rollout.TopK,
            MaxResponseTokens = spec.Rollout.MaxResponseTokens,
            StopTokens = _stopTokens,
        },
    };

    /// <summary>The same random numbers at every evaluation, so that two differ by their weights alone.</summary>
    /// <param name="step">The last committed one.</param>
    public CollectionOrder Evaluation(int step, PolicyVersion policy, long logStart) => new()
    {
        CollectionId = StepRecords.CollectionOf(step) + 1,
        LogStart = logStart,
        Split = PromptSplit.Evaluation,
        Cursor = 0,
        Groups = data.Evaluation.Prompts.Length,
        GroupSize = spec.Evaluation.Samples,
        OnlyInformative = false,
        MostGroups = data.Evaluation.Prompts.Length,
        Policy = policy,
        Seed = AddressedRandom.Derive((ulong)spec.Seed, "evaluation"),
        Sampling = new SamplingParameters
        {
            Temperature = spec.Evaluation.Temperature,
            TopP = spec.Evaluation.TopP,
            MaxResponseTokens = spec.Rollout.MaxResponseTokens,
            StopTokens = _stopTokens,
        },
    };
}
