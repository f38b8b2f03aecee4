using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>Where the tokens of all context-parallel ranks stand.</summary>
/// <param name="Rows">Tokens by rank.</param>
/// <param name="Places">[all tokens], int64: rank by rank, each token's place among whole sequences that lie one after another.</param>
/// <param name="Lengths">Tokens of each whole sequence, longest first.</param>
public sealed record ContextTokens(Stretches Rows, Tensor Places, IReadOnlyList<int> Lengths);
