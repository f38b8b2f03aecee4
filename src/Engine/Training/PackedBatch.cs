using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>One micro-batch as tensors: sequences one after another, longest first, without padding, and which of their tokens count.</summary>
/// <remarks>
/// The last token of a sequence predicts nothing, so it is not fed. A context rank has its part of each sequence. Sequences keep the numbers
/// that they came with. Made within the caller's dispose scope, which owns the tensors.
/// </remarks>
public sealed class PackedBatch
{
    private readonly IReadOnlyList<TrainingSequence> _sequences;
    private readonly int[] _order; // of sequences in the pack

    /// <param name="sequences">None at all, too: a rank may have nothing to do while others have.</param>
    /// <param name="context">This context rank.</param>
    /// <param name="contexts">Context ranks.</param>
    public PackedBatch(IReadOnlyList<TrainingSequence> sequences, int context = 0, int contexts = 1)
    {
        _sequences = sequences;
        _order = [.. Enumerable.Range(0, sequences.Count).OrderByDescending(row => FedTokens(sequences[row]))];
        var mine = Places(context, contexts).ToArray();

        // The first response token is predicted by the prompt's last.
        Predicted = [.. mine.Select(place => (place.Row, place.Position - sequences[place.Row].PromptTokens.Length + 1)).Where(place => place.Item2 >= 0)];
        var predicting = mine.Index().Where(place => place.Item.Position >= sequences[place.Item.Row].PromptTokens.Length - 1);

        Input = new ParallelBatch(
            tensor((long[])[.. mine.Select(place => TokenAt(sequences[place.Row], place.Position))]),
            tensor((long[])[.. mine.Select(place => place.Position)]),
            tensor((long[])[.. mine.Select(place => place.Row)]),
            tensor((float[])[.. sequences.Select(each => (float)(each.TokenWeight * each.ResponseTokens.Length))]),
            tensor((long[])[.. predicting.Select(place => place.Index)]),
            tensor((long[])[.. Predicted.Select(token => sequences[token.Row].ResponseTokens[token.Index])]),
            Grids(length => ZigZag.Positions(length, context, contexts).Count()),
            contexts == 1 ? null : OfAll(contexts));
        Loss = new TokenBatch
        {
            OldLogProbs = PerToken((sequence, index) => sequence.RolloutLogProbs.IsDefaultOrEmpty ? 0 : sequence.RolloutLogProbs[index]),
            Advantages = PerToken((sequence, _) => (float)sequence.Advantage),
            Weights = PerToken((sequence, _) => (float)sequence.TokenWeight),
        };
    }

    public ParallelBatch Input { get; }

    /// <summary>The response tokens that this rank predicts, in the order of <see cref="ParallelBatch.Targets"/>: sequence, and place in its response.</summary>
    public IReadOnlyList<(int Row, int Index)> Predicted { get; }

    /// <summary>What the loss needs of each of them.</summary>
    public TokenBatch Loss { get; }

    /// <summary>For a network that has whole sequences.</summary>
    public IAttention Attention => new PackedAttention(Input.Grids);

    /// <summary>Tokens that go through the network.</summary>
    public static int FedTokens(TrainingSequence sequence) =>
        sequence.PromptTokens.Length + sequence.ResponseTokens.Length - 1;

    private static int TokenAt(TrainingSequence sequence, int position) =>
        position < sequence.PromptTokens.Length ? sequence.PromptTokens[position] : sequence.ResponseTokens[position - sequence.PromptTokens.Length];

    /// <returns>What a context rank feeds, in order.</returns>
    private IEnumerable<(int Row, int Position)> Places(int rank, int ranks) =>
        _order.SelectMany(row => ZigZag.Positions(FedTokens(_sequences[row]), rank, ranks).Select(position => (row, position)));

    private ContextTokens OfAll(int ranks)
    {
        var starts = new long[_sequences.Count];
        var start = 0L;
        foreach (var row in _order)
        {
            starts[row] = start;
            start += FedTokens(_sequences[row]);
        }

        long[][] places = [.. Enumerable.Range(0, ranks).Select(rank => Places(rank, ranks).Select(place => starts[place.Row] + place.Position).ToArray())];
        return new ContextTokens(
            Stretches.Of([.. places.Select(rank => (long)rank.Length)]), tensor((long[])[.. places.SelectMany(rank => rank)]),
            Grids(length => length));
    }

    /// <param name="tokens">Of a sequence's length.</param>
    private SequenceGrid[] Grids(Func<int, int> tokens) =>
        [.. _order.GroupBy(row => FedTokens(_sequences[row])).Select(like => new SequenceGrid(like.Count(), tokens(like.Key)))];

    private Tensor PerToken(Func<TrainingSequence, int, float> value) =>
        tensor((float[])[.. Predicted.Select(token => value(_sequences[token.Row], token.Index))]);
}
