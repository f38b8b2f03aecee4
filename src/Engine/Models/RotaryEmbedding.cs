using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Turns pairs of dimensions by angles that grow with the position (Su et al., RoFormer, arXiv:2104.09864).</summary>
/// <remarks>
/// Dimension i pairs with i + headDim/2, as Hugging Face has it: x·cos + half-turn(x)·sin. The half-turn's sign is kept in
/// the sine table, so that a plain roll does it.
/// </remarks>
public sealed class RotaryEmbedding : IDisposable
{
    private readonly Tensor _cos; // [positions, headDim], float32
    private readonly Tensor _signedSin; // [positions, headDim], float32
    private readonly int _headDim;

    public RotaryEmbedding(int headDim, int positions, double theta)
    {
        using var scope = NewDisposeScope();

        _headDim = headDim;
        var exponents = arange(0, headDim, 2).to(float64) / headDim;
        var angles = outer(arange(positions).to(float64), pow(theta, -exponents));
        _cos = cat([angles.cos(), angles.cos()], 1).to(float32).DetachFromDisposeScope();
        _signedSin = cat([-angles.sin(), angles.sin()], 1).to(float32).DetachFromDisposeScope();
    }

    /// <param name="positions">[tokens], int64.</param>
    /// <returns>Tables for these tokens, [tokens, 1, headDim] each.</returns>
    public (Tensor Cos, Tensor SignedSin) At(Tensor positions, ScalarType type) =>
        (_cos.index_select(0, positions).unsqueeze(1).to(type), _signedSin.index_select(0, positions).unsqueeze(1).to(type));

    /// <param name="heads">[tokens, heads, headDim].</param>
    public Tensor Rotate(Tensor heads, (Tensor Cos, Tensor SignedSin) tables) =>
        (heads * tables.Cos).addcmul(heads.roll(_headDim / 2, -1), tables.SignedSin, One);

    private static readonly Scalar One = 1;

    public void Dispose()
    {
        _cos.Dispose();
        _signedSin.Dispose();
    }
}
