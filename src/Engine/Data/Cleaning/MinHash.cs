using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>Short signatures that agree at about as many places as their sets' Jaccard similarity says.</summary>
/// <remarks>
/// Place i is the least h_i(x) over a set's members, and P(places agree) = |A ∩ B| / |A ∪ B|. Broder, "On the resemblance and containment of
/// documents", 1997. h_i mixes a member with a number of its own (the finalizer of Steele et al.'s SplitMix, OOPSLA 2014).
/// </remarks>
public static class MinHash
{
    /// <summary>Places of a signature.</summary>
    public const int Length = 128;

    private static readonly ulong[] Salts = [.. Enumerable.Range(0, Length).Select(place => AddressedRandom.Bits(0x5EED, 0x4A5, (ulong)place))];

    public static ulong[] Sign(Shingles shingles)
    {
        var signature = new ulong[Length];
        Array.Fill(signature, ulong.MaxValue);
        foreach (var member in shingles.Hashes)
            for (var place = 0; place < Length; place++)
                signature[place] = Math.Min(signature[place], Mix(member ^ Salts[place]));

        return signature;
    }

    /// <returns>The share of places that agree; an estimate with standard deviation √(J(1−J)/128).</returns>
    public static double Similarity(ulong[] first, ulong[] second) => (double)first.Zip(second).Count(pair => pair.First == pair.Second) / Length;

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
