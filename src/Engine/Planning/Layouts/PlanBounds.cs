using SeedOrleans.Domain.Specs;

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

    public static PlanBounds Of(RunSpec spec) => new(spec.Training.MicroBatchTokens, spec.Memory);
}
