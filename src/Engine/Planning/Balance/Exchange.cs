namespace SeedOrleans.Engine.Planning.Balance;

/// <summary>Evens a deal out: what moves from the fullest part to the emptiest, or changes places with something there, brings both closer together.</summary>
internal static class Exchange
{
    /// <summary>Exchanges for each part, at most: the first few gain nearly all.</summary>
    private const int MostAPart = 8;

    public static void Even(List<int>[] parts, IReadOnlyList<double> weights, bool equalSizes)
    {
        var loads = parts.Select(part => part.Sum(item => weights[item])).ToArray();
        for (var exchange = 0; exchange < MostAPart * parts.Length; exchange++)
        {
            var (fullest, emptiest) = (Array.IndexOf(loads, loads.Max()), Array.IndexOf(loads, loads.Min()));
            if (FindBest(parts[fullest], parts[emptiest], weights, loads[fullest] - loads[emptiest], canMove: !equalSizes) is not { } best)
                return;

            parts[fullest].Remove(best.Given);
            parts[emptiest].Add(best.Given);
            if (best.Taken is { } taken)
            {
                parts[emptiest].Remove(taken);
                parts[fullest].Add(taken);
            }

            // Sums anew, since differences of large loads would add their roundings up.
            foreach (var part in (int[])[fullest, emptiest])
                loads[part] = parts[part].Sum(item => weights[item]);
        }
    }

    /// <returns>What halves <paramref name="difference"/> best; null where nothing makes it smaller.</returns>
    private static (int Given, int? Taken)? FindBest(
        List<int> fullest, List<int> emptiest, IReadOnlyList<double> weights, double difference, bool canMove)
    {
        var (least, best) = (difference * (1 - 1e-9), ((int, int?)?)null);
        var giving = fullest.OrderBy(item => weights[item]).ToArray();
        var taking = emptiest.OrderBy(item => weights[item]).ToArray();
        var other = 0;
        foreach (var given in giving)
        {
            if (canMove)
                Consider(given, null, weights[given]);

            // What is taken grows with what is given, and the best is beside where the difference would be halved.
            while (other < taking.Length && weights[given] - weights[taking[other]] > difference / 2)
                other++;

            if (other < taking.Length)
                Consider(given, taking[other], weights[given] - weights[taking[other]]);
            if (other > 0)
                Consider(given, taking[other - 1], weights[given] - weights[taking[other - 1]]);
        }

        return best;

        void Consider(int given, int? taken, double moved)
        {
            var left = Math.Abs(difference - (2 * moved));
            if (left < least)
                (least, best) = (left, (given, taken));
        }
    }
}
