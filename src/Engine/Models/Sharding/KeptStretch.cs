using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>Numbers that one rank keeps for all: it alone takes their optimizer's step.</summary>
/// <param name="Weights">[count], in the weights' type.</param>
/// <param name="Gradients">[count], float32: all ranks' sum, once it is reduced.</param>
/// <param name="Decays">Matrices do; norms and biases do not.</param>
/// <param name="Pieces">What they are of whole tensors, in order.</param>
public sealed record KeptStretch(Tensor Weights, Tensor Gradients, bool Decays, IReadOnlyList<ShardPiece> Pieces);
