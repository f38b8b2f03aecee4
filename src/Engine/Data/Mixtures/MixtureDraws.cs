using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>Says for each place after a state which source, difficulty and prompt it draws.</summary>
/// <remarks>
/// Sources own places of the run's whole order of prompts (<see cref="EvenShares"/>), so the few groups of a step hold nearly the shares that were
/// asked for. Everything is a function of seed, state and place: not of who asks, nor of how many places were looked at.
/// </remarks>
/// <param name="seed">Of the run's order of prompts.</param>
/// <param name="start">How many groups the run has passed before.</param>
public sealed class MixtureDraws(Mixture mixture, MixtureState state, ulong seed, long start)
{
    private readonly EvenShares _sources = new(
        mixture.Sources.Select(source => state.Domains[source.Domain].Weight * source.Share), AddressedRandom.Derive(seed, "source of a place"));

    private readonly ulong _reviewSeed = AddressedRandom.Derive(seed, "review of an easier level");
    private readonly long[][] _cursors = [.. state.Sources.Select(source => source.Cursors.ToArray())];
    private readonly List<MixtureDraw> _draws = [];

    /// <param name="place">Counted from the state.</param>
    public MixtureDraw At(int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        while (_draws.Count <= place)
            _draws.Add(Next());

        return _draws[place];
    }

    private MixtureDraw Next()
    {
        var number = (ulong)(start + _draws.Count);
        var source = _sources.OwnerOf(number);
        var (level, easiest) = (state.Sources[source].Level, mixture.Sources[source].Easiest);
        if (level > easiest && AddressedRandom.Uniform(_reviewSeed, 0, number) < mixture.Ladder.Review)
            level--;

        return new MixtureDraw(source, level, _cursors[source][level - easiest]++);
    }
}
