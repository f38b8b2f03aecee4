using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>Says for each place after a state which source, difficulty and prompt it draws.</summary>
/// <remarks>
/// A source is drawn by the n-th number of the sequence frac(u + n·φ), φ the golden ratio and n the place in the run's whole order of prompts:
/// any stretch of it fills [0, 1) evenly (Kronecker's sequence; Niederreiter, 1992, ch. 3), so the few groups of a step hold nearly the
/// shares that were asked for. Everything is a function of seed, state and place: not of who asks, nor of how many places were looked at.
/// </remarks>
/// <param name="seed">Of the run's order of prompts.</param>
/// <param name="start">How many groups the run has passed before.</param>
public sealed class MixtureDraws(Mixture mixture, MixtureState state, ulong seed, long start)
{
    /// <summary>2⁶⁴ / φ: in numbers of 64 bits that wrap around, one step along the sequence.</summary>
    private const ulong GoldenStep = 0x9E3779B97F4A7C15;

    private const double TwoToMinus53 = 1.0 / (1L << 53);

    private readonly ulong _offset = AddressedRandom.Derive(seed, "source of a place");
    private readonly ulong _reviewSeed = AddressedRandom.Derive(seed, "review of an easier level");
    private readonly double[] _ends = Ends(mixture, state);
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
        var source = FindSource(((_offset + (number * GoldenStep)) >> 11) * TwoToMinus53);
        var (level, easiest) = (state.Sources[source].Level, mixture.Sources[source].Easiest);
        if (level > easiest && AddressedRandom.Uniform(_reviewSeed, 0, number) < mixture.Ladder.Review)
            level--;

        return new MixtureDraw(source, level, _cursors[source][level - easiest]++);
    }

    private int FindSource(double number)
    {
        // Sums of shares end next to 1; the last source has what rounding leaves.
        for (var source = 0; source < _ends.Length - 1; source++)
            if (number < _ends[source])
                return source;

        return _ends.Length - 1;
    }

    /// <returns>For each source where its part of [0, 1) ends.</returns>
    private static double[] Ends(Mixture mixture, MixtureState state)
    {
        var end = 0.0;
        return [.. mixture.Sources.Select(source => end += state.Domains[source.Domain].Weight * source.Share)];
    }
}
