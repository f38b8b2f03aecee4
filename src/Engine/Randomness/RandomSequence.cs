namespace SeedOrleans.Engine.Randomness;

/// <summary>The numbers at addresses (<c>high</c>, 0), (<c>high</c>, 1), … of a seed, drawn one after another.</summary>
public sealed class RandomSequence(ulong seed, ulong high)
{
    private ulong _next;

    /// <returns>A number in [<paramref name="minimum"/>, <paramref name="maximum"/>], both included.</returns>
    public int Next(int minimum, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimum, maximum);

        var span = (ulong)((long)maximum - minimum + 1);
        return (int)(minimum + (long)Math.BigMul(AddressedRandom.Bits(seed, high, _next++), span, out _));
    }

    /// <summary>Puts <paramref name="items"/> into a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Next(0, last);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
