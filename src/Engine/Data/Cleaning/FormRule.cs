using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>A reason, told by a question's wording, why no verifier of one final answer can judge it.</summary>
/// <param name="Name">Lower case, words joined by '-'.</param>
/// <param name="Description">What it drops.</param>
public sealed partial record FormRule(string Name, string Description)
{
    private const string Imperative = @"(?:Find|Determine|Calculate|Compute|Evaluate|Solve|Show|Prove|State|Give|Sketch|Explain|Write|Express)\s";

    /// <summary>In the order in which they are tried.</summary>
    public static readonly ImmutableArray<FormRule> All =
    [
        new("proof", "questions that ask to prove or show that something holds") { Pattern = Proof() },
        new("several-parts", "questions with parts (a) and (b), or 1. and 2., of which the first asks something") { Pattern = SeveralParts() },
        new("figure", "questions that refer to a figure, an image or a graph which is not there as code") { Pattern = Figure(), Unless = Drawing() },
        new("link", "questions with a web address") { Pattern = Link() },
    ];

    private Regex Pattern { get; init; } = Link();

    private Regex? Unless { get; init; }

    /// <returns>The words that tell; null where the rule does not hold.</returns>
    public string? Find(string question) =>
        Pattern.Match(question) is { Success: true } found && Unless?.IsMatch(question) is not true ? found.Value.Trim() : null;

    // "Records show that" tells, "show that" at the beginning of a clause asks.
    [GeneratedRegex(
        @"\b(?:prove|demonstrate)\s+that\b|(?:^|[.!?:;,]\s+|\b(?:to|and|then|please)\s+)show\s+that\b|(?:^|[.!?:;]\s+)prove\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Proof();

    // Options of a choice and rules of a game are numbered, too: the first part has to ask or to tell somebody to do something.
    [GeneratedRegex(
        @"(?:^|\s)\(a\)\s+(?:" + Imperative + @"[\s\S]{4,600}?[.?!]|[\s\S]{4,600}?\?)\s*\(b\)\s"
        + @"|(?:^|\n)\s*\(?(?:1|i)[.)]\s+(?:" + Imperative + @"[^\n]{4,}?[.?!]|[^\n]{4,}?\?)\s*\n\s*\(?(?:2|ii)[.)]\s",
        RegexOptions.CultureInvariant)]
    private static partial Regex SeveralParts();

    [GeneratedRegex(
        @"\b(?:figure|diagram|graph|picture|image|photo|drawing|sketch|chart|map)\s+(?:above|below|shown|on the (?:left|right))\b"
        + @"|\b(?:above|following|accompanying|attached)\s+(?:figure|diagram|picture|image|photo|drawing|sketch)\b"
        + @"|\bin the (?:figure|diagram|picture|image|drawing|sketch)\b|\bas (?:shown|pictured|depicted|illustrated)\b"
        + @"|\b(?:is|are) (?:shown|pictured|depicted|illustrated)(?:\s*[.,;:]|\s+(?:above|below|here|at (?:left|right)|on the (?:left|right))\b)"
        + @"|\\includegraphics|!\[[^\]]*\]\(|<img\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Figure();

    [GeneratedRegex(@"\[asy\]|\\begin\{tikzpicture\}", RegexOptions.CultureInvariant)]
    private static partial Regex Drawing();

    [GeneratedRegex(@"\b(?:https?://|www\.)\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
