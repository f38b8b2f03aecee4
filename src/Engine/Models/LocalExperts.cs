using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Experts that are all here.</summary>
internal sealed class LocalExperts(ExpertWeights weights) : IExperts
{
    public Tensor Apply(Tensor rows, Tensor counts)
    {
        using var scope = NewDisposeScope();
        var ends = counts.cumsum(0).to(int32);
        return weights.Down.Apply(SwiGlu.Activate(weights.GateUp.Apply(rows, ends)), ends).MoveToOuterDisposeScope();
    }
}
