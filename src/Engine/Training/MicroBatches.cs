using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Planning.Balance;

namespace SeedOrleans.Engine.Training;

/// <summary>Cuts a rank's share of a mini-batch into pieces that fit a device, and a mini-batch into ranks' shares.</summary>
public static class MicroBatches
{
    /// <summary>Longest first, so that a piece pads little; each piece's grid holds at most <paramref name="tokenBudget"/> tokens.</summary>
    /// <remarks>A sequence longer than the budget stands alone.</remarks>
    public static IEnumerable<IReadOnlyList<TrainingSequence>> Split(
        IReadOnlyList<TrainingSequence> sequences, int tokenBudget)
    {
        var piece = new List<TrainingSequence>();
        var longest = 0;
        foreach (var sequence in sequences.OrderByDescending(PackedBatch.FedTokens))
        {
            if (piece.Count > 0 && (piece.Count + 1L) * longest > tokenBudget)
            {
                yield return piece;
                piece = [];
            }

            if (piece.Count == 0)
                longest = PackedBatch.FedTokens(sequence);

            piece.Add(sequence);
        }

        if (piece.Count > 0)
            yield return piece;
    }

    /// <summary>Deals sequences to ranks so that all have as much to do (Karmarkar–Karp), whatever their number.</summary>
    /// <returns>As many lists as ranks, each in the order of <paramref name="sequences"/>; some may be empty.</returns>
    public static IReadOnlyList<IReadOnlyList<TrainingSequence>> AcrossRanks(
        IReadOnlyList<TrainingSequence> sequences, int ranks, SequenceWorkload workload)
    {
        var dealt = KarmarkarKarp.Deal([.. sequences.Select(sequence => workload.Of(PackedBatch.FedTokens(sequence)))], ranks, equalSizes: false);
        return [.. dealt.Parts.Select(part => part.Select(place => sequences[place]).ToArray())];
    }
}
