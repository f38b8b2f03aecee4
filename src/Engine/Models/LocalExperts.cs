using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Experts that are all here.</summary>
/// <param name="forgetful">Computes again, on its way back, what stands between gates and outputs; null keeps it.</param>
internal sealed class LocalExperts(ExpertWeights weights, GradientTape? forgetful = null) : IExperts
{
    public Tensor Apply(Tensor rows, Tensor counts)
    {
        using var scope = NewDisposeScope();
        var ends = counts.cumsum(0).to(int32);
        var gates = weights.GateUp.Apply(rows, ends);
        if (forgetful is null)
            return Finish(gates, ends).MoveToOuterDisposeScope();

        // The way back comes when this scope has long ended.
        var kept = ends.data<int>().ToArray();
        return forgetful.Recompute(gates, (again, _) => [Finish(again, tensor(kept))])[0].MoveToOuterDisposeScope();
    }

    private Tensor Finish(Tensor gates, Tensor ends) => weights.Down.Apply(SwiGlu.Activate(gates), ends);
}
