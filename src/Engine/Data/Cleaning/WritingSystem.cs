using System.Text;

namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>Tells in what script a letter is, by its block of Unicode.</summary>
public static class WritingSystem
{
    public const string Other = "other";

    /// <summary>Its letters stand in mathematics of any language.</summary>
    public const string Greek = "Greek";

    private static readonly (int First, int Last, string Name)[] Blocks =
    [
        (0x0041, 0x024F, "Latin"), (0x0370, 0x03FF, Greek), (0x0400, 0x052F, "Cyrillic"), (0x0530, 0x058F, "Armenian"), (0x0590, 0x05FF, "Hebrew"),
        (0x0600, 0x077F, "Arabic"), (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0B80, 0x0BFF, "Tamil"), (0x0E00, 0x0E7F, "Thai"),
        (0x10A0, 0x10FF, "Georgian"), (0x1100, 0x11FF, "Hangul"), (0x1E00, 0x1EFF, "Latin"), (0x1F00, 0x1FFF, Greek), (0x3040, 0x30FF, "Kana"),
        (0x3400, 0x4DBF, "Han"), (0x4E00, 0x9FFF, "Han"), (0xAC00, 0xD7AF, "Hangul"), (0x20000, 0x323AF, "Han"),
    ];

    /// <returns>Letters of each script that occurs, most first.</returns>
    public static IReadOnlyList<(string Name, long Letters)> Count(IEnumerable<string> texts) =>
    [
        .. texts.SelectMany(text => text.EnumerateRunes()).Where(Rune.IsLetter).CountBy(Of)
            .OrderByDescending(script => script.Value).ThenBy(script => script.Key, StringComparer.Ordinal)
            .Select(script => (script.Key, (long)script.Value)),
    ];

    /// <param name="letter">For which <see cref="Rune.IsLetter"/> holds.</param>
    /// <returns>The script's name, or <see cref="Other"/>.</returns>
    public static string Of(Rune letter) =>
        Array.Find(Blocks, block => letter.Value >= block.First && letter.Value <= block.Last).Name ?? Other;
}
