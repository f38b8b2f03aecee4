namespace SeedOrleans.Engine.Models;

/// <summary>What a sequence costs a model, up to a factor that all sequences share: 6·h·s + s², with h from the model's shape.</summary>
/// <remarks>
/// A dense layer of hidden size h multiplies each token with 12·h² elements and does 2·h·s² multiplications in attention, for s tokens; divided by 2·h
/// that is 6·h·s + s². Here the elements are counted instead (<see cref="LayerSize.Active"/>, the mean over layers), so that a token
/// counts with the experts that it meets, and attention is as wide as its heads together.
/// </remarks>
public sealed class SequenceWorkload(ModelConfig config)
{
    private readonly double _tokensAsLong = // a sequence of so many tokens has as much to do in attention as in the rest
        Enumerable.Range(0, config.Layers).Average(layer => LayerSize.Active(config, layer)) / (2.0 * config.AttentionHeads * config.HeadDim);

    public double Of(long tokens) => (_tokensAsLong * tokens) + ((double)tokens * tokens);
}
