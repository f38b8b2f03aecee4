namespace SeedOrleans.Engine.Randomness;

/// <summary>Random orders that can be asked for any single place, without making the whole order.</summary>
/// <remarks>
/// A Feistel network over the smallest even number of bits that holds the count; places that fall outside are walked on
/// until they fall inside (Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002).
/// </remarks>
public static class Permutation
{
    private const int Rounds = 6;

    /// <returns>Where place <paramref name="place"/> of the order numbered <paramref name="order"/> is, in [0, <paramref name="count"/>).</returns>
    public static int At(ulong seed, ulong order, int count, int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, count);

        var half = 1;
        while (1L << (2 * half) < count)
            half++;

        var key = AddressedRandom.Derive(seed, order);
        var value = (ulong)place;
        do
            value = Encrypt(key, value, half);
        while (value >= (ulong)count);

        return (int)value;
    }

    /// <summary>An endless order: each epoch goes through all places once, in an order of its own.</summary>
    /// <returns>Where its place <paramref name="cursor"/> is, in [0, <paramref name="count"/>).</returns>
    public static int AtCursor(ulong seed, long cursor, int count)
    {
        var (epoch, place) = Math.DivRem(cursor, count);
        return At(seed, (ulong)epoch, count, (int)place);
    }

    private static ulong Encrypt(ulong key, ulong value, int half)
    {
        var mask = (1UL << half) - 1;
        var (left, right) = (value >> half, value & mask);
        for (ulong round = 0; round < Rounds; round++)
            (left, right) = (right, left ^ (AddressedRandom.Bits(key, round, right) & mask));

        return (left << half) | right;
    }
}
