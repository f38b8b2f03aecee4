using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>One micro-batch as tensors: sequences one after another without padding, and which of their tokens count.</summary>
/// <remarks>
/// The last token of a sequence predicts nothing, so it is not fed. Made within the caller's dispose scope, which owns the
/// tensors.
/// </remarks>
public sealed class PackedBatch
{
    public PackedBatch(IReadOnlyList<TrainingSequence> sequences)
    {
        var fed = sequences.Sum(FedTokens);
        var (tokens, positions, places, owners) = (new long[fed], new long[fed], new long[fed], new long[fed]);
        Responses = sequences.Sum(sequence => sequence.ResponseTokens.Length);
        var (predicting, targets) = (new long[Responses], new long[Responses]);
        var longest = sequences.Max(FedTokens);
        var (at, response) = (0, 0);

        for (var row = 0; row < sequences.Count; row++)
        {
            var sequence = sequences[row];
            var prompt = sequence.PromptTokens.Length;
            for (var position = 0; position < FedTokens(sequence); position++, at++)
            {
                tokens[at] = position < prompt ? sequence.PromptTokens[position] : sequence.ResponseTokens[position - prompt];
                (positions[at], places[at], owners[at]) = (position, ((long)row * longest) + position, row);
                if (position < prompt - 1)
                    continue;

                (predicting[response], targets[response]) = (at, sequence.ResponseTokens[position - prompt + 1]);
                response++;
            }
        }

        (Tokens, Positions, Predicting, Targets) = (tensor(tokens), tensor(positions), tensor(predicting), tensor(targets));
        SequenceOf = tensor(owners);
        SequenceWeights = tensor([.. sequences.Select(each => (float)(each.TokenWeight * each.ResponseTokens.Length))]);
        Attention = new PackedAttention(tensor(places), sequences.Count, longest);
        Loss = new TokenBatch
        {
            OldLogProbs = PerToken(sequences, (sequence, index) =>
                sequence.RolloutLogProbs.IsDefaultOrEmpty ? 0 : sequence.RolloutLogProbs[index]),
            Advantages = PerToken(sequences, (sequence, _) => (float)sequence.Advantage),
            Weights = PerToken(sequences, (sequence, _) => (float)sequence.TokenWeight),
        };
    }

    /// <summary>[fed], int64.</summary>
    public Tensor Tokens { get; }

    /// <summary>[fed], int64.</summary>
    public Tensor Positions { get; }

    /// <summary>[fed], int64: the sequence that each token belongs to.</summary>
    public Tensor SequenceOf { get; }

    /// <summary>[sequences], float32: each sequence's share of the loss.</summary>
    public Tensor SequenceWeights { get; }

    /// <summary>[responses], int64: which fed tokens predict a response token.</summary>
    public Tensor Predicting { get; }

    /// <summary>[responses], int64: the response tokens.</summary>
    public Tensor Targets { get; }

    /// <summary>Response tokens in all.</summary>
    public int Responses { get; }

    public PackedAttention Attention { get; }

    /// <summary>What the loss needs of each response token.</summary>
    public TokenBatch Loss { get; }

    /// <summary>Tokens that go through the network.</summary>
    public static int FedTokens(TrainingSequence sequence) =>
        sequence.PromptTokens.Length + sequence.ResponseTokens.Length - 1;

    private static Tensor PerToken(IReadOnlyList<TrainingSequence> sequences, Func<TrainingSequence, int, float> value) =>
        tensor((float[])
        [
            .. sequences.SelectMany(sequence => Enumerable.Range(0, sequence.ResponseTokens.Length)
                .Select(index => value(sequence, index))),
        ]);
}
