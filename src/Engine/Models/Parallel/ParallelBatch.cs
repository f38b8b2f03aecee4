using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>One micro-batch as one context rank feeds it: sequences, or its parts of them, one after another without padding.</summary>
/// <param name="Tokens">[tokens], int64.</param>
/// <param name="Positions">[tokens], int64: each token's place in its sequence, from 0.</param>
/// <param name="SequenceOf">[tokens], int64: the sequence that each token belongs to.</param>
/// <param name="SequenceWeights">[sequences], float32: each sequence's share of the loss.</param>
/// <param name="Predicting">[targets], int64: which tokens predict a response token.</param>
/// <param name="Targets">[targets], int64: the response tokens.</param>
/// <param name="Grids">How the tokens on this rank lie.</param>
/// <param name="Others">Null where this rank has whole sequences.</param>
public sealed record ParallelBatch(
    Tensor Tokens, Tensor Positions, Tensor SequenceOf, Tensor SequenceWeights, Tensor Predicting, Tensor Targets,
    IReadOnlyList<SequenceGrid> Grids, ContextTokens? Others = null);
