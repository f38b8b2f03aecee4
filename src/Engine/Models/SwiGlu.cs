using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace SeedOrleans.Engine.Models;

/// <summary>silu(gate) · up, with both computed by one product (Shazeer, arXiv:2002.05202).</summary>
internal static class SwiGlu
{
    /// <param name="input">[tokens, hidden].</param>
    /// <returns>[tokens, hidden].</returns>
    public static Tensor Forward(Tensor input, MlpWeights weights)
    {
        using var scope = NewDisposeScope();
        return weights.Down.Apply(Activate(weights.GateUp.Apply(input))).MoveToOuterDisposeScope();
    }

    /// <param name="gateUp">[tokens, 2 · inner]: gates, then ups.</param>
    /// <returns>[tokens, inner].</returns>
    public static Tensor Activate(Tensor gateUp)
    {
        using var scope = NewDisposeScope();
        var inner = gateUp.size(1) / 2;
        return (F.silu(gateUp.narrow(1, 0, inner)) * gateUp.narrow(1, inner, inner)).MoveToOuterDisposeScope();
    }
}
