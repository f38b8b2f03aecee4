using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>Where the tokens of all context-parallel ranks stand.</summary>
/// <param name="Rows">Tokens by rank.</param>
/// <param name="Places">[all tokens], int64: rank by rank, each token's place among whole sequences that lie one after another.</param>
/// <param name="Grids">How whole sequences lie; each grid is a rank's grid of the same number.</param>
public sealed record ContextTokens(Stretches Rows, Tensor Places, IReadOnlyList<SequenceGrid> Grids);
