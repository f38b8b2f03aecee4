using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Rollout;

namespace SeedOrleans.Client.Local;

/// <summary>Samples several responses to one prompt.</summary>
internal sealed class PromptSampler(Transformer policy)
{
    /// <summary>Responses at work at once; each holds keys and values of its tokens.</summary>
    private const int MostSlots = 16;

    /// <returns>In the order of their indices.</returns>
    public ImmutableArray<Trajectory> Sample(
        ImmutableArray<int> prompt, SamplingParameters sampling, int count, ulong seed, CancellationToken cancellationToken)
    {
        using var engine = new GenerationEngine(
            policy, PolicyVersion.Initial, Math.Min(count, MostSlots), prompt.Length + sampling.MaxResponseTokens);
        for (var index = 0; index < count; index++)
            engine.Submit(Request(prompt, sampling, index, seed));

        var finished = new List<Trajectory>(count);
        while (engine.Unfinished > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            finished.AddRange(engine.Step().Select(rollout => rollout.Trajectory));
        }

        return [.. finished.OrderBy(response => response.ResponseIndex)];
    }

    private static RolloutRequest Request(ImmutableArray<int> prompt, SamplingParameters sampling, int index, ulong seed) => new()
    {
        Prompt = new Prompt { Id = "prompt", Tokens = prompt, Question = "", DataSource = "", RewardStyle = "", GroundTruth = "" },
        ResponseIndex = index,
        Sampling = sampling,
        Seed = seed,
        CollectionId = 0,
    };
}
