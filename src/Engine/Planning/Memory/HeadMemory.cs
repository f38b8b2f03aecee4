using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Planning.Memory;

/// <summary>What the two ends of the network need of memory on one rank: the embedding, and the log-probs of a large vocabulary.</summary>
internal static class HeadMemory
{
    private const long Wide = sizeof(float);

    /// <summary>Token → hidden states.</summary>
    /// <param name="gathered">Bytes of all tokens' hidden states.</param>
    public static Passage Embedding(ModelConfig config, RankMesh mesh, long gathered) => new(0, 2 * gathered, (2 * gathered) + Table(config, mesh));

    /// <summary>The last norm's output → log-probs.</summary>
    /// <param name="mostLogits">At once; more are computed piece by piece.</param>
    public static Passage LogProbs(ModelConfig config, RankMesh mesh, BatchShape batch, long mostLogits)
    {
        var words = Words(config, mesh);
        var pieces = LogitPieces.Of(batch.Targets, words, mostLogits).Ranks;
        var size = config.NumberBytes();
        var rows = batch.Targets * config.HiddenSize * size;
        var tokens = (batch.Targets + pieces - 1) / pieces;
        var piece = Piece(tokens, words, size, (tokens * config.HiddenSize * size) + Table(config, mesh), isShared: mesh.SizeOf(MeshAxis.Tensor) > 1);
        return pieces == 1
            ? piece with { Kept = piece.Kept + rows, Forward = piece.Forward + rows, Backward = piece.Backward + rows }
            : new Passage(rows, rows + piece.Forward, rows + piece.Peak + (2 * rows));
    }

    private static long Table(ModelConfig config, RankMesh mesh) => (long)Words(config, mesh) * config.HiddenSize * config.NumberBytes();

    private static int Words(ModelConfig config, RankMesh mesh) => (config.VocabularySize + mesh.SizeOf(MeshAxis.Tensor) - 1) / mesh.SizeOf(MeshAxis.Tensor);

    /// <param name="gradients">Bytes of those of the hidden states and of the head.</param>
    /// <param name="isShared">Tensor ranks share the vocabulary.</param>
    private static Passage Piece(long tokens, long words, int size, long gradients, bool isShared)
    {
        var logits = tokens * words * Wide;
        var narrow = size == Wide ? 0 : tokens * words * size;

        // One rank: the normalized logits are kept; beside them the softmax and its terms, for the entropy.
        // Several: the logits are kept; beside them what is subtracted, its powers, and their products.
        // Backward: through the softmax, then through the product, when several still have what the softmax needed.
        var softmax = (3 * logits) + (2 * narrow);
        var product = ((isShared ? 3 : 1) * logits) + narrow + gradients;
        return new Passage(logits, (4 * logits) + narrow, Math.Max(softmax, product));
    }
}
