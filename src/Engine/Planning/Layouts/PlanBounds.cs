using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Planning.Devices;
using SeedOrleans.Engine.Planning.Memory;

namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>What a plan may choose.</summary>
/// <param name="MostMicroBatchTokens">A plan may take fewer.</param>
/// <param name="Memory">Measures that are taken anyhow.</param>
public sealed record PlanBounds(int MostMicroBatchTokens, MemorySpec Memory)
{
    /// <summary>Choose the layout only: the rest stays as it is.</summary>
    public bool KeepsTheRest { get; init; }

    /// <summary>Bytes of every device that something else needs: sampling, say.</summary>
    public double TakenMemory { get; init; }

    /// <summary>As the spec has it; cores share their machine's memory with sampling.</summary>
    public static PlanBounds Of(RunSpec spec, ModelConfig config, DevicePool pool) => new(spec.Training.MicroBatchTokens, spec.Memory)
    {
        TakenMemory = pool.Kind.IsCore ? SamplingMemory.Of(config, spec.Rollout, spec.Data.MaxPromptTokens).Of(spec.Rollout.Workers) / (double)pool.Count : 0,
    };
}
