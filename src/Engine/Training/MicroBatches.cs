using SeedOrleans.Domain.Trajectories;

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

    /// <summary>Gives each sequence, longest first, to the rank with the fewest tokens so far; ties go to the lower rank.</summary>
    /// <returns>As many lists as ranks; some may be empty.</returns>
    public static IReadOnlyList<IReadOnlyList<TrainingSequence>> AcrossRanks(
        IReadOnlyList<TrainingSequence> sequences, int ranks)
    {
        var shares = Enumerable.Range(0, ranks).Select(_ => new List<TrainingSequence>()).ToArray();
        var loads = new long[ranks];
        foreach (var sequence in sequences.OrderByDescending(PackedBatch.FedTokens))
        {
            var lightest = Array.IndexOf(loads, loads.Min());
            shares[lightest].Add(sequence);
            loads[lightest] += PackedBatch.FedTokens(sequence);
        }

        return shares;
    }
}
