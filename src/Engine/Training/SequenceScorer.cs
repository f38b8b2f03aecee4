using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>Log-probs of given tokens, without a gradient.</summary>
public static class SequenceScorer
{
    /// <returns>log π of every response token, in the order of <paramref name="sequences"/>.</returns>
    public static IReadOnlyList<ImmutableArray<float>> Score(
        Transformer policy, IReadOnlyList<TrainingSequence> sequences, double temperature, int microBatchTokens,
        CancellationToken cancellationToken)
    {
        using var guard = no_grad();
        var scores = new Dictionary<TrainingSequence, ImmutableArray<float>>(ReferenceEqualityComparer.Instance);
        foreach (var piece in MicroBatches.Split(sequences, microBatchTokens, new SequenceWorkload(policy.Config)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();

            var batch = new PackedBatch(piece);
            float[][] made = [.. piece.Select(sequence => new float[sequence.ResponseTokens.Length])];
            foreach (var ((row, index), logProb) in batch.Predicted.Zip(LogProbs(policy, batch, temperature)))
                made[row][index] = logProb;

            foreach (var (sequence, score) in piece.Zip(made))
                scores[sequence] = ImmutableCollectionsMarshal.AsImmutableArray(score);
        }

        return [.. sequences.Select(sequence => scores[sequence])];
    }

    /// <returns>A number a response token.</returns>
    private static float[] LogProbs(Transformer policy, PackedBatch batch, double temperature)
    {
        var logProbs = new float[batch.Predicted.Count];
        var input = batch.Input;
        var hidden = policy.Hidden(input.Tokens, input.Positions, batch.Attention);
        var pieces = LogitPieces.Of(logProbs.Length, policy.VocabularySize);
        foreach (var (start, count) in Enumerable.Range(0, pieces.Ranks).Select(piece => pieces[piece]))
        {
            using var scope = NewDisposeScope();
            var logits = policy.Logits(hidden.index_select(0, input.Predicting.narrow(0, start, count)));
            var chosen = (temperature == 1 ? logits : logits / temperature)
                .log_softmax(-1).gather(1, input.Targets.narrow(0, start, count).unsqueeze(1));
            chosen.data<float>().CopyTo(logProbs, (int)start);
        }

        return logProbs;
    }
}
