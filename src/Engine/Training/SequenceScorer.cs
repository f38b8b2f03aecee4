using System.Collections.Immutable;
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
        foreach (var piece in MicroBatches.Split(sequences, microBatchTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();

            var batch = new PackedBatch(piece);
            float[] logProbs =
            [
                .. ResponseLogits.Compute(policy, batch, temperature)
                    .log_softmax(-1).gather(1, batch.Targets.unsqueeze(1)).data<float>(),
            ];

            var start = 0;
            foreach (var sequence in piece)
            {
                scores[sequence] = [.. logProbs.AsSpan(start, sequence.ResponseTokens.Length)];
                start += sequence.ResponseTokens.Length;
            }
        }

        return [.. sequences.Select(sequence => scores[sequence])];
    }
}
