using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>Logits where a response token is predicted, and nowhere else: prompts need none.</summary>
internal static class ResponseLogits
{
    /// <returns>[responses, vocabulary], float32, divided by the temperature.</returns>
    public static Tensor Compute(Transformer policy, PackedBatch batch, double temperature, RouterTrace? trace = null)
    {
        using var scope = NewDisposeScope();

        var hidden = policy.Hidden(batch.Tokens, batch.Positions, batch.Attention, trace);
        var logits = policy.Logits(hidden.index_select(0, batch.Predicting));

        return (temperature == 1 ? logits : logits / temperature).MoveToOuterDisposeScope();
    }
}
