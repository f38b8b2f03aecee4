using System.Collections.Immutable;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Rewards.Judges.Pairwise;

/// <summary>Who meets whom in a group: all meet all in a small one; in a larger one each meets the same number of others.</summary>
internal static class TournamentPairs
{
    /// <summary>Up to this size all meet all.</summary>
    public const int SmallGroup = 8;

    /// <summary>In a larger group each meets the neighbours up to this far, to both sides of a random circle.</summary>
    private const int Reach = 3;

    public static ImmutableArray<(int First, int Second)> Of(int members, ulong seed)
    {
        if (members <= SmallGroup)
            return [.. from first in Enumerable.Range(0, members) from second in Enumerable.Range(first + 1, members - first - 1) select (first, second)];

        int[] circle = [.. Enumerable.Range(0, members)];
        new RandomSequence(seed, AddressedRandom.Hash("tournament")).Shuffle<int>(circle);
        return [.. from place in Enumerable.Range(0, members) from step in Enumerable.Range(1, Reach) select (circle[place], circle[(place + step) % members])];
    }
}
