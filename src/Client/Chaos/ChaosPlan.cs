using System.Collections.Immutable;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Client.Chaos;

/// <summary>Decides beforehand whom to strike and when. The same seed and silos give the same blows, and more blows begin with fewer.</summary>
internal static class ChaosPlan
{
    /// <summary>A short freeze goes by; a long one has its silo taken for dead, and wakes a zombie.</summary>
    private static readonly TimeSpan ShortestStop = TimeSpan.FromSeconds(1), LongestStop = TimeSpan.FromSeconds(12);

    private enum Question : ulong
    {
        Victim,
        Delay,
        IsStop,
        Stop,
    }

    /// <param name="stopShare">From 0 to 1: how many blows freeze a silo instead of killing it.</param>
    /// <param name="within">A blow falls within this time of the run's going on.</param>
    /// <param name="silos">Their names; at least one.</param>
    public static ImmutableArray<ChaosStrike> Create(long seed, int kills, double stopShare, TimeSpan within, IReadOnlyList<string> silos)
    {
        var stream = AddressedRandom.Derive((ulong)seed, "chaos");
        double Chance(int number, Question question) => AddressedRandom.Uniform(stream, (ulong)number, (ulong)question);

        return
        [
            .. Enumerable.Range(1, kills).Select(number => new ChaosStrike(
                number,
                silos[(int)(Chance(number, Question.Victim) * silos.Count)],
                within * Chance(number, Question.Delay),
                Chance(number, Question.IsStop) < stopShare
                    ? ShortestStop + ((LongestStop - ShortestStop) * Chance(number, Question.Stop))
                    : null)),
        ];
    }
}
