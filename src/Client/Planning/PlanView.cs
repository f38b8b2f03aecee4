using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Planning.Devices;
using SeedOrleans.Engine.Planning.Layouts;
using SeedOrleans.Engine.Planning.Memory;

namespace SeedOrleans.Client.Planning;

/// <summary>A plan with what it was made for.</summary>
/// <param name="Tried">So many of the first layouts were tried on this machine; the times of the others are on paper.</param>
internal sealed record PlanView(RunSpec Spec, ModelConfig Config, UpdateLoad Load, DevicePool Pool, LayoutPlan Plan, int Tried)
{
    /// <summary>Beside training.</summary>
    public SamplingMemory Sampling { get; } = SamplingMemory.Of(Config, Spec.Rollout, Spec.Data.MaxPromptTokens);

    /// <summary>Weights, all of them.</summary>
    public long Parameters { get; } = WeightLayout.Of(Config).Count;

    /// <summary>Weights that a token is multiplied with.</summary>
    public long ActiveParameters { get; } =
        Enumerable.Range(0, Config.Layers).Sum(layer => LayerSize.Active(Config, layer)) + ((long)Config.VocabularySize * Config.HiddenSize);
}
