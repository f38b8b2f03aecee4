namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>Which layers forget their activations in a forward pass and compute them again in the backward pass.</summary>
/// <param name="Every">Every so many layers one does; 0 is none, 1 is all.</param>
/// <param name="IsSelective">The other layers forget what is large and quickly computed: what stands between an MLP's gates and its output.</param>
public readonly record struct Recomputation(int Every, bool IsSelective = false)
{
    public static readonly Recomputation None = new(0), All = new(1);

    /// <param name="layer">Counted from 0.</param>
    public bool Includes(int layer) => Every > 0 && layer % Every == 0;
}
