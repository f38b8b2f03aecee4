namespace SeedOrleans.Grains.Training;

/// <summary>Ranks that should hold the same weights do not: a fault of the machine, or of this program.</summary>
[GenerateSerializer, Alias("seed.ranks-differ")]
public sealed class RanksDifferException(IEnumerable<string> hashes)
    : Exception($"The ranks' weights differ after the same update ({string.Join(", ", hashes.Select(hash => hash[..8]))}); resume the run from its last checkpoint.");
