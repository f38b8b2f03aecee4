using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models.Sharding;

/// <summary>The gradient of a whole model, put together from what each rank keeps of it.</summary>
internal static class WholeGradients
{
    /// <returns>By slot.</returns>
    public static Dictionary<string, float[]> Of(ModelConfig config, IEnumerable<ShardedWeights> ranks)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var whole = WeightLayout.Of(config).Slots.ToDictionary(slot => slot.Name, slot => full(slot.Shape, float.NaN));
        foreach (var stretch in ranks.SelectMany(rank => rank.Kept))
            foreach (var piece in stretch.Pieces)
                whole[piece.Whole.Name].In(piece.Box).copy_(stretch.Gradients.narrow(0, piece.Offset, piece.Box.Count()).view(piece.Box.Lengths));

        return whole.ToDictionary(slot => slot.Key, slot => slot.Value.data<float>().ToArray());
    }
}
