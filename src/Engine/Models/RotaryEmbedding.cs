using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Turns pairs of dimensions by angles that grow with the position (Su et al., RoFormer, arXiv:2104.09864).</summary>
/// <remarks>
/// Dimension i pairs with i + headDim/2, as Hugging Face has it: x·cos + half-turn(x)·sin. The half-turn's sign is kept in
/// the sine, so that a plain roll does it.
/// </remarks>
public sealed class RotaryEmbedding : IDisposable
{
    private readonly Tensor _frequencies; // [headDim / 2], float64: radians a position
    private readonly int _headDim;

    public RotaryEmbedding(int headDim, double theta)
    {
        using var scope = NewDisposeScope();

        _headDim = headDim;
        _frequencies = pow(theta, -arange(0, headDim, 2).to(float64) / headDim).DetachFromDisposeScope();
    }

    /// <param name="positions">[tokens], int64.</param>
    /// <returns>Cosines and signed sines for these tokens, [tokens, 1, headDim] each.</returns>
    public (Tensor Cos, Tensor SignedSin) At(Tensor positions, ScalarType type)
    {
        using var scope = NewDisposeScope();

        // float32 angles would be off by more than 0.001 radians at position 20,000.
        var angles = outer(positions.to(float64), _frequencies);
        var (cos, sin) = (angles.cos().to(type), angles.sin().to(type));
        return (
            cat([cos, cos], 1).unsqueeze(1).MoveToOuterDisposeScope(),
            cat([-sin, sin], 1).unsqueeze(1).MoveToOuterDisposeScope());
    }

    /// <param name="heads">[tokens, heads, headDim].</param>
    public Tensor Rotate(Tensor heads, (Tensor Cos, Tensor SignedSin) turn) =>
        (heads * turn.Cos).addcmul(heads.roll(_headDim / 2, -1), turn.SignedSin, One);

    private static readonly Scalar One = 1;

    public void Dispose() => _frequencies.Dispose();
}
