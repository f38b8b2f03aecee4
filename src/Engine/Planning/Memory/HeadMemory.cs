using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using TorchSharp;

namespace SeedOrleans.Engine.Planning.Memory;

/// <summary>What the two ends of the network need of memory on one rank: the embedding, and the log-probs of a large vocabulary.</summary>
internal static class HeadMemory
{
    private const long Wide = sizeof(float);

    /// <summary>The last norm's output → log-probs.</summary>
    /// <param name="mostLogits">At once; more are computed piece by piece.</param>
    public static Passage LogProbs(ModelConfig config, RankMesh mesh, BatchShape batch, long mostLogits)
    {
        var tensors = mesh.SizeOf(MeshAxis.Tensor);
        var words = (config.VocabularySize + tensors - 1) / tensors;
        var pieces = LogitPieces.Of(batch.Targets, words, mostLogits).Ranks;
        var size = config.Dtype == torch.ScalarType.Float32 ? 4 : 2;
        var rows = batch.Targets * config.HiddenSize * size;
        var tokens = (batch.Targets + pieces - 1) / pieces;
        var piece = Piece(tokens, words, size, tokens * config.HiddenSize * size, (long)words * config.HiddenSize * size);
        return pieces == 1
            ? piece with { Kept = piece.Kept + rows, Forward = piece.Forward + rows, Backward = piece.Backward + rows }
            : new Passage(rows, rows + piece.Forward, rows + piece.Peak + (2 * rows));
    }

    /// <param name="rows">Bytes of the hidden states.</param>
    /// <param name="matrix">Bytes of the head.</param>
    private static Passage Piece(long tokens, long words, int size, long rows, long matrix)
    {
        var logits = tokens * words * Wide;
        var narrow = size == Wide ? 0 : tokens * words * size;

        // One rank: the normalized logits are kept; beside them the softmax and its terms, for the entropy.
        // Several: the logits are kept; beside them what is subtracted, its powers, and their products.
        return new Passage(logits, (4 * logits) + narrow, (3 * logits) + (2 * narrow) + rows + matrix);
    }
}
