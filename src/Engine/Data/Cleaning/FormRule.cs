using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>A reason, told by a question's wording, why no verifier of one final answer can judge it.</summary>
/// <param name="Name">Lower case, words joined by '-'.</param>
/// <param name="Description">What it drops.</param>
public sealed partial record FormRule(string Name, string Description)
{
    /// <summary>In the order in which they are tried.</summary>
    public static readonly ImmutableArray<FormRule> All =
    [
        new("proof", "questions that ask to prove or show that something holds") { Pattern = Proof() },
        new("several-parts", "questions with parts (a) and (b), or 1. and 2., each a sentence") { Pattern = SeveralParts() },
        new("figure", "questions that refer to a figure, an image or a graph") { Pattern = Figure() },
        new("link", "questions with a web address") { Pattern = Link() },
    ];

    private Regex Pattern { get; init; } = Link();

    /// <returns>The words that tell; null where the rule does not hold.</returns>
    public string? Find(string question) => Pattern.Match(question) is { Success: true } found ? found.Value.Trim() : null;

    [GeneratedRegex(@"\b(?:prove|show|demonstrate)\s+that\b|(?:^|[.!?:;]\s+|\bto\s+)prove\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Proof();

    // Options of a choice are rarely sentences: the first part has to end as one does.
    [GeneratedRegex(
        @"(?:^|\s)\(a\)\s[^()]{8,}?[.?!]\s*\(b\)\s|(?:^|\n)\s*\(?(?:1|i)[.)]\s[^\n]{8,}?[.?!]\s*\n\s*\(?(?:2|ii)[.)]\s",
        RegexOptions.CultureInvariant)]
    private static partial Regex SeveralParts();

    [GeneratedRegex(
        @"\b(?:figure|diagram|graph|picture|image|photo|drawing|sketch|chart|map)\s+(?:above|below|shown|on the (?:left|right))\b"
        + @"|\b(?:above|following|accompanying|attached)\s+(?:figure|diagram|picture|image|photo|drawing|sketch)\b"
        + @"|\bin the (?:figure|diagram|picture|image|photo|drawing|sketch)\b|\b(?:as|is|are) (?:shown|pictured|depicted|illustrated)\b"
        + @"|\\includegraphics|!\[[^\]]*\]\(|<img\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Figure();

    [GeneratedRegex(@"\b(?:https?://|www\.)\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
