using System.Globalization;
using System.Text;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>Whether a program wrote what it should: the same words, however they are spaced; numbers within a tolerance where there is one.</summary>
internal static class OutputComparison
{
    public static bool AreEqual(ReadOnlySpan<byte> output, string expected, double tolerance)
    {
        var text = Encoding.UTF8.GetString(output).AsSpan();
        var rest = expected.AsSpan();
        while (true)
        {
            var word = Next(ref text);
            var other = Next(ref rest);
            if (word.IsEmpty || other.IsEmpty)
                return word.IsEmpty && other.IsEmpty;

            if (!word.SequenceEqual(other) && !AreClose(word, other, tolerance))
                return false;
        }
    }

    /// <returns>The next word, which is then no longer part of <paramref name="text"/>; nothing at the end.</returns>
    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;

        var word = text[..end];
        text = text[end..];
        return word;
    }

    private static bool AreClose(ReadOnlySpan<char> word, ReadOnlySpan<char> other, double tolerance) =>
        tolerance > 0 && Number(word) is { } one && Number(other) is { } two && Math.Abs(one - two) <= tolerance * Math.Max(1, Math.Abs(two));

    private static double? Number(ReadOnlySpan<char> word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
