namespace SeedOrleans.Engine.Rewards.Shaping;

/// <summary>How much of a response says again what it has said.</summary>
internal static class Repetition
{
    /// <summary>Shorter runs of tokens recur in sound reasoning, too.</summary>
    private const int Length = 8;

    /// <returns>
    /// The share of its runs of 8 tokens that occurred before in it, from 0 to 1 (the n-gram repetition of Yeo et al., arXiv:2502.03373, §4.2, there a penalty).
    /// </returns>
    public static double Of(ReadOnlySpan<int> tokens)
    {
        var count = tokens.Length - Length + 1;
        if (count <= 0)
            return 0;

        var seen = new HashSet<RunOfTokens>(count);
        var repeated = 0;
        for (var start = 0; start < count; start++)
            if (!seen.Add(new RunOfTokens(tokens.Slice(start, Length))))
                repeated++;

        return (double)repeated / count;
    }

    private readonly record struct RunOfTokens(long First, long Second, long Third, long Fourth)
    {
        public RunOfTokens(ReadOnlySpan<int> tokens)
            : this(Pair(tokens[0], tokens[1]), Pair(tokens[2], tokens[3]), Pair(tokens[4], tokens[5]), Pair(tokens[6], tokens[7]))
        {
        }

        private static long Pair(int first, int second) => ((long)first << 32) | (uint)second;
    }
}
