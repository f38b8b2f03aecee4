using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Planning.Balance;

namespace SeedOrleans.Engine.Training;

/// <summary>Cuts a rank's share of a mini-batch into pieces that fit a device, and a mini-batch into ranks' shares.</summary>
/// <remarks>Both by Karmarkar–Karp, so that all have as much to do. Equal input gives equal output everywhere.</remarks>
public static class MicroBatches
{
    /// <summary>As few pieces as hold at most <paramref name="tokenBudget"/> tokens each, with as much to do in each as can be.</summary>
    /// <remarks>Never more pieces than first-fit decreasing makes. A sequence longer than the budget stands alone.</remarks>
    /// <returns>The piece with most to do first.</returns>
    public static IReadOnlyList<IReadOnlyList<TrainingSequence>> Split(
        IReadOnlyList<TrainingSequence> sequences, int tokenBudget, SequenceWorkload workload) =>
        Pieces(sequences, DealOf(sequences, tokenBudget, workload).Fewest(), workload);

    /// <summary>As <see cref="Split"/>, into just so many pieces, of which some may be empty.</summary>
    /// <param name="rounds">At least as many as <see cref="Split"/> makes.</param>
    public static IReadOnlyList<IReadOnlyList<TrainingSequence>> SplitInto(
        IReadOnlyList<TrainingSequence> sequences, int tokenBudget, SequenceWorkload workload, int rounds) =>
        Pieces(sequences, DealOf(sequences, tokenBudget, workload).Into(rounds), workload);

    /// <summary>Deals sequences to ranks so that all have as much to do, whatever their number.</summary>
    /// <returns>As many lists as ranks, each in the order of <paramref name="sequences"/>; some may be empty.</returns>
    public static IReadOnlyList<IReadOnlyList<TrainingSequence>> AcrossRanks(
        IReadOnlyList<TrainingSequence> sequences, int ranks, SequenceWorkload workload)
    {
        var dealt = KarmarkarKarp.Deal([.. sequences.Select(sequence => LoadOf(sequence, workload))], ranks, equalSizes: false);
        return [.. dealt.Parts.Select(part => part.Select(place => sequences[place]).ToArray())];
    }

    /// <summary>The heaviest first, so that the heavy pieces of all ranks meet in one round.</summary>
    private static IReadOnlyList<TrainingSequence>[] Pieces(
        IReadOnlyList<TrainingSequence> sequences, IEnumerable<IEnumerable<int>> parts, SequenceWorkload workload) =>
    [
        .. parts.Select(part => part.Select(place => sequences[place]).ToArray())
            .OrderByDescending(piece => piece.Sum(sequence => LoadOf(sequence, workload))),
    ];

    private static BudgetedDeal DealOf(IReadOnlyList<TrainingSequence> sequences, int tokenBudget, SequenceWorkload workload) =>
        new([.. sequences.Select(PackedBatch.FedTokens)], [.. sequences.Select(sequence => LoadOf(sequence, workload))], tokenBudget);

    private static double LoadOf(TrainingSequence sequence, SequenceWorkload workload) => workload.Of(PackedBatch.FedTokens(sequence));
}
