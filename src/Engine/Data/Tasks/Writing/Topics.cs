using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data.Tasks.Writing;

/// <summary>Words by what they have to do with; no word belongs to two topics.</summary>
internal static class Topics
{
    public static ImmutableArray<string> Names { get; } = ["sea", "sky", "farm", "home", "food", "town"];

    private static readonly ImmutableArray<ImmutableArray<string>> Words =
    [
        ["fish", "wave", "salt", "ship", "sand", "crab", "whale", "tide"],
        ["sun", "moon", "star", "wind", "rain", "bird", "cloud", "snow"],
        ["cow", "hay", "milk", "pig", "barn", "corn", "goat", "plow"],
        ["bed", "door", "lamp", "roof", "sofa", "wall", "rug", "sink"],
        ["rice", "soup", "cake", "bean", "plum", "ham", "egg", "pie"],
        ["shop", "road", "tram", "bank", "park", "mall", "cab", "zoo"],
    ];

    public static string Alphabet { get; } = string.Concat(string.Concat(Names.Concat(Words.SelectMany(words => words))).Distinct().Order());

    public static ImmutableArray<string> All { get; } = [.. Words.SelectMany(words => words)];

    /// <returns>Empty where there is no such topic.</returns>
    public static ImmutableArray<string> WordsOf(string topic) => Names.IndexOf(topic) is >= 0 and var place ? Words[place] : [];
}
