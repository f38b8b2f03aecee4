using System.Collections.Immutable;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>The set of short pieces that a text is made of, by which near duplicates are told.</summary>
/// <remarks>
/// Three words in a row; of texts with fewer than <see cref="LeastWords"/> words, as puzzles and languages without spaces write them, five
/// characters. A text shorter than a piece is one piece. Pieces are kept as 64-bit hashes.
/// Broder, "On the resemblance and containment of documents", 1997.
/// </remarks>
public sealed class Shingles
{
    private const int WordsOfPiece = 3, CharactersOfPiece = 5, LeastWords = 8;

    private Shingles(ImmutableArray<ulong> hashes) => Hashes = hashes;

    /// <summary>Each once, ascending; at least one.</summary>
    public ImmutableArray<ulong> Hashes { get; }

    public static Shingles Of(string text)
    {
        var normalized = NormalizedText.Of(text);
        var words = normalized.Split(' ');
        var pieces = words.Length >= LeastWords
            ? Enumerable.Range(0, words.Length - WordsOfPiece + 1).Select(first => string.Join(' ', words, first, WordsOfPiece))
            : Enumerable.Range(0, Math.Max(1, normalized.Length - CharactersOfPiece + 1))
                .Select(first => normalized.Substring(first, Math.Min(CharactersOfPiece, normalized.Length)));
        return new Shingles([.. pieces.Select(AddressedRandom.Hash).Distinct().Order()]);
    }

    /// <returns>|A ∩ B| / |A ∪ B|, exact.</returns>
    public double Jaccard(Shingles other)
    {
        var (mine, theirs, shared) = (0, 0, 0);
        while (mine < Hashes.Length && theirs < other.Hashes.Length)
        {
            var order = Hashes[mine].CompareTo(other.Hashes[theirs]);
            if (order == 0)
                shared++;

            mine += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }

        return (double)shared / (Hashes.Length + other.Hashes.Length - shared);
    }
}
