using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>The order of a cold start: worked solutions of a mixture's sources by the weights as they are written, those of a ladder's levels alike.</summary>
/// <param name="set">The mixture's; some of it has worked solutions.</param>
/// <param name="seed">Of the cold start's order.</param>
internal sealed class DemonstrationDraws(Mixture mixture, PromptSet set, ulong seed)
{
    private readonly (string Name, double Share, int First, int Count)[] _sources = Sources(mixture, set);

    private EvenShares Shares => field ??= new EvenShares(
        _sources.Select(source => source.Share / _sources.Sum(each => each.Share)), AddressedRandom.Derive(seed, "source of a demonstration"));

    /// <summary>None of a source's worked solutions comes twice within as many draws, of any source, as it has.</summary>
    public Demonstration At(long cursor)
    {
        var (name, _, first, count) = _sources[Shares.OwnerOf((ulong)cursor)];
        return set.Demonstrations[first + Permutation.AtCursor(AddressedRandom.Derive(seed, name), cursor, count)];
    }

    /// <returns>Those with worked solutions, and where they are.</returns>
    private static (string Name, double Share, int First, int Count)[] Sources(Mixture mixture, PromptSet set)
    {
        var first = 0;
        return
        [
            .. mixture.Sources.Select(source =>
            {
                var count = set.Pools.Skip(source.FirstPool).Take(source.Hardest - source.Easiest + 1).Sum(pool => pool.Demonstrations);
                first += count;
                return (source.Name, Share: mixture.Domains[source.Domain].Weight * source.Share, First: first - count, Count: count);
            }).Where(source => source.Count > 0),
        ];
    }
}
