using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>Finds among many texts one that is nearly the same, without comparing with each.</summary>
/// <remarks>
/// Signatures are cut into b bands of r places; texts that agree in a whole band are compared exactly, so nothing is taken for a near duplicate
/// that is none. Two texts of similarity s meet with probability 1 − (1 − s^r)^b; r is the largest with which that is at least 0.995 at the
/// threshold. Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", §3.4.
/// </remarks>
public sealed class NearDuplicateIndex
{
    private const double LeastChance = 0.995;

    private readonly double _threshold;
    private readonly int _rows;
    private readonly List<Shingles> _texts = [];
    private readonly Dictionary<(int Band, ulong Hash), List<int>> _bands = [];

    /// <param name="threshold">The least Jaccard similarity of near duplicates, in (0, 1].</param>
    public NearDuplicateIndex(double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);

        (_threshold, _rows) = (threshold, RowsFor(threshold));
    }

    /// <returns>The place, in the order of <see cref="Add"/>, and similarity of the first text that is near enough; null where there is none.</returns>
    public (int Place, double Similarity)? Find(Shingles text)
    {
        var candidates = new SortedSet<int>();
        foreach (var band in BandsOf(text))
            candidates.UnionWith(_bands.GetValueOrDefault(band) ?? []);

        foreach (var place in candidates)
        {
            if (_texts[place].Jaccard(text) is var similarity && similarity >= _threshold)
                return (place, similarity);
        }

        return null;
    }

    public void Add(Shingles text)
    {
        foreach (var band in BandsOf(text))
        {
            if (!_bands.TryGetValue(band, out var places))
                _bands.Add(band, places = []);

            places.Add(_texts.Count);
        }

        _texts.Add(text);
    }

    private static int RowsFor(double threshold) => Enumerable.Range(1, MinHash.Length)
        .Last(rows => rows == 1 || 1 - Math.Pow(1 - Math.Pow(threshold, rows), MinHash.Length / rows) >= LeastChance);

    private IEnumerable<(int Band, ulong Hash)> BandsOf(Shingles text)
    {
        var signature = MinHash.Sign(text);
        for (var band = 0; band < MinHash.Length / _rows; band++)
        {
            var hash = 0UL;
            foreach (var place in signature.AsSpan(band * _rows, _rows).ToArray())
                hash = AddressedRandom.Derive(hash, place);

            yield return (band, hash);
        }
    }
}
