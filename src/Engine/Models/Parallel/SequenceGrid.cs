using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>Where packed tokens stand in their sequences, for attention to lay them out as [sequences, longest].</summary>
/// <param name="Places">[tokens], int64: of this rank's tokens in the grid.</param>
/// <param name="Longest">Tokens of this rank in any sequence.</param>
/// <param name="Others">Null where this rank has whole sequences.</param>
public sealed record SequenceGrid(int Sequences, Tensor Places, int Longest, ContextGrid? Others = null);

/// <summary>Where the tokens of all context-parallel ranks stand.</summary>
/// <param name="Rows">Tokens by rank.</param>
/// <param name="Places">[all tokens], int64: rank by rank, of their places in a grid of whole sequences.</param>
/// <param name="Longest">Tokens in any sequence.</param>
/// <param name="Visible">[sequences, 1, this rank's longest, longest], bool: which keys a query sees. Padding sees the first.</param>
public sealed record ContextGrid(Stretches Rows, Tensor Places, int Longest, Tensor Visible);
