using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>Words with hyphens between them, to be hidden by ciphers.</summary>
internal static class Phrase
{
    public static string Draw(RandomSequence random, int words) => string.Join('-', random.Sample(Words.All, words));

    /// <summary>Replaces letters and keeps hyphens.</summary>
    /// <param name="replace">A letter and how many letters stand before it.</param>
    public static string MapLetters(string text, Func<char, int, char> replace)
    {
        var place = 0;
        return string.Concat(text.Select(symbol => symbol == '-' ? symbol : replace(symbol, place++)));
    }

    /// <returns>The letter so many places further in the alphabet, round its end.</returns>
    public static char Shift(char letter, int places) => Symbols.Letters[((letter - 'a' + places) % 26 + 26) % 26];

    /// <returns>What each letter becomes, <c>kh,he,ol</c>.</returns>
    public static IEnumerable<string> Pairs(string from, string to) =>
        from.Zip(to).Where(pair => pair.First != '-').Select(pair => $"{pair.First}{pair.Second}");
}
