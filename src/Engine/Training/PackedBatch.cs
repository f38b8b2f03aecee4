using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>One micro-batch as tensors: sequences one after another without padding, and which of their tokens count.</summary>
/// <remarks>
/// The last token of a sequence predicts nothing, so it is not fed. A context rank has its part of each sequence. Made within the
/// caller's dispose scope, which owns the tensors.
/// </remarks>
public sealed class PackedBatch
{
    private readonly IReadOnlyList<TrainingSequence> _sequences;

    /// <param name="sequences">None at all, too: a rank may have nothing to do while others have.</param>
    /// <param name="context">This context rank.</param>
    /// <param name="contexts">Context ranks.</param>
    public PackedBatch(IReadOnlyList<TrainingSequence> sequences, int context = 0, int contexts = 1)
    {
        _sequences = sequences;
        (int Row, int Position)[][] all = [.. Enumerable.Range(0, contexts).Select(rank => Places(rank, contexts).ToArray())];
        var mine = all[context];

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
            contexts == 1 ? GridOf(mine, LongestOf(mine)) : GridOf(mine, LongestOf(mine)) with { Others = ContextOf(all, mine) });
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
    public IAttention Attention => new PackedAttention(Input.Grid.Places, Input.Grid.Sequences, Input.Grid.Longest);

    /// <summary>Tokens that go through the network.</summary>
    public static int FedTokens(TrainingSequence sequence) =>
        sequence.PromptTokens.Length + sequence.ResponseTokens.Length - 1;

    private static int TokenAt(TrainingSequence sequence, int position) =>
        position < sequence.PromptTokens.Length ? sequence.PromptTokens[position] : sequence.ResponseTokens[position - sequence.PromptTokens.Length];

    /// <returns>What a context rank feeds, in order.</returns>
    private IEnumerable<(int Row, int Position)> Places(int rank, int ranks) =>
        _sequences.Index().SelectMany(each => ZigZag.Positions(FedTokens(each.Item), rank, ranks).Select(position => (each.Index, position)));

    /// <returns>The most tokens that any sequence has.</returns>
    private static int LongestOf(IEnumerable<(int Row, int Position)> places) =>
        places.CountBy(place => place.Row).Select(row => row.Value).DefaultIfEmpty().Max();

    private SequenceGrid GridOf((int Row, int Position)[] mine, int longest)
    {
        var filled = new int[_sequences.Count];
        return new SequenceGrid(_sequences.Count, tensor((long[])[.. mine.Select(place => ((long)place.Row * longest) + filled[place.Row]++)]), longest);
    }

    private ContextGrid ContextOf((int Row, int Position)[][] all, (int Row, int Position)[] mine)
    {
        var longest = _sequences.Select(FedTokens).DefaultIfEmpty().Max();
        var places = all.SelectMany(rank => rank).Select(place => ((long)place.Row * longest) + place.Position);

        // Of each query its position; padding is as if it stood at the beginning.
        var queries = new long[_sequences.Count, LongestOf(mine)];
        var filled = new int[_sequences.Count];
        foreach (var (row, position) in mine)
            queries[row, filled[row]++] = position;

        var visible = arange(longest).view(1, 1, 1, longest).le(tensor(queries).view(_sequences.Count, 1, queries.GetLength(1), 1));
        return new ContextGrid(Stretches.Of([.. all.Select(rank => (long)rank.Length)]), tensor((long[])[.. places]), longest, visible);
    }

    private Tensor PerToken(Func<TrainingSequence, int, float> value) =>
        tensor((float[])[.. Predicted.Select(token => value(_sequences[token.Row], token.Index))]);
}
