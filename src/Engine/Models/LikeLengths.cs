namespace SeedOrleans.Engine.Models;

/// <summary>Puts sequences of like lengths together, so that attention over each such run pads little or nothing.</summary>
/// <remarks>
/// Equal lengths need no padding and no copy, but each run costs some operators of its own: a few shorter sequences are better padded to the
/// run's longest. The most padding was measured (`benchmarks … train`, uneven lengths).
/// </remarks>
public static class LikeLengths
{
    /// <summary>Of a run's places, those that no token stands in.</summary>
    private const double MostPadding = 0.1;

    /// <param name="lengths">Of sequences, longest first.</param>
    /// <returns>Runs of sequences, in order: the first's number, and how many there are.</returns>
    public static IReadOnlyList<(int First, int Count)> Of(IReadOnlyList<int> lengths)
    {
        List<(int, int)> runs = [];
        for (int first = 0, next; first < lengths.Count; first = next)
        {
            long tokens = lengths[first];
            for (next = first + 1; next < lengths.Count && IsLike(tokens + lengths[next], (long)lengths[first] * (next + 1 - first)); next++)
                tokens += lengths[next];

            runs.Add((first, next - first));
        }

        return runs;
    }

    private static bool IsLike(long tokens, long places) => places - tokens <= MostPadding * places;
}
