using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Planning.Memory;

namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>What one optimizer update has to work through: sequences, each as long as can be.</summary>
/// <param name="Sequences">Of all data ranks together.</param>
/// <param name="PromptTokens">Of each.</param>
/// <param name="ResponseTokens">Of each.</param>
/// <param name="UpdatesPerStep">One after another.</param>
public sealed record UpdateLoad(int Sequences, int PromptTokens, int ResponseTokens, int UpdatesPerStep = 1)
{
    /// <summary>Tokens of a sequence that go through the network: the last predicts nothing.</summary>
    public int Fed => PromptTokens + ResponseTokens - 1;

    /// <param name="sequences">At once.</param>
    /// <param name="contexts">Context ranks.</param>
    public BatchShape BatchOf(int sequences, int contexts)
    {
        var one = BatchShape.Of(PromptTokens, [ResponseTokens], contexts);
        return one with
        {
            Tokens = sequences * one.Tokens,
            Targets = sequences * one.Targets,
            AllTokens = sequences * one.AllTokens,
            Pairs = sequences * one.Pairs,
        };
    }

    public static UpdateLoad Of(RunSpec spec) => new(
        spec.Training.PromptsPerStep / spec.Training.UpdatesPerStep * spec.Training.GroupSize,
        spec.Data.MaxPromptTokens, spec.Rollout.MaxResponseTokens, spec.Training.UpdatesPerStep);
}
