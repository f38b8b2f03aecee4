namespace SeedOrleans.Engine.Data.Cleaning;

/// <param name="Count">Of texts that there are.</param>
/// <param name="Median">The lower one of two.</param>
/// <param name="Percentile95">The least length that 95 % do not exceed.</param>
public sealed record LengthSummary(int Count, int Min, int Median, int Percentile95, int Max)
{
    /// <returns>Null of no lengths.</returns>
    public static LengthSummary? Of(IEnumerable<int> lengths)
    {
        int[] ordered = [.. lengths.Order()];
        return ordered.Length == 0 ? null : new LengthSummary(ordered.Length, ordered[0], At(0.5), At(0.95), ordered[^1]);

        // Nearest rank.
        int At(double share) => ordered[(int)Math.Ceiling(share * ordered.Length) - 1];
    }
}
