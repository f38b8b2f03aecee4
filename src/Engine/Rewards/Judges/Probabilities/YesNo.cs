using SeedOrleans.Engine.Data.Tasks.Judging;

namespace SeedOrleans.Engine.Rewards.Judges.Probabilities;

/// <summary>Whether a word, or the piece of it that a token holds, says yes or no.</summary>
internal static class YesNo
{
    private static readonly char[] Decoration = [' ', '\t', '\n', '\r', '*', '_', '`', '"', '\'', '.', ',', ':', ';', '!', '(', ')', '[', ']'];

    /// <returns>True for yes, false for no, null for anything else.</returns>
    public static bool? OfWord(string word) => Bare(word) switch
    {
        CompactPrompts.Yes => true,
        CompactPrompts.No => false,
        _ => null,
    };

    /// <summary>A token may hold the word's beginning alone: <c>y</c>, <c>YE</c>.</summary>
    /// <inheritdoc cref="OfWord"/>
    public static bool? OfToken(string token) => Bare(token) switch
    {
        "" => null,
        var piece when CompactPrompts.Yes.StartsWith(piece, StringComparison.Ordinal) => true,
        var piece when CompactPrompts.No.StartsWith(piece, StringComparison.Ordinal) => false,
        _ => null,
    };

    /// <summary>Says nothing by itself: spaces, signs, or a semicolon before the verdict.</summary>
    public static bool IsBlank(string token) => Bare(token).Length == 0;

    private static string Bare(string text) => text.Trim(Decoration).ToLowerInvariant();
}
