using SeedOrleans.Engine.Data.Cleaning;

namespace SeedOrleans.Client.DataTools;

/// <summary>By what <c>seed data clean</c> drops rows, and with which numbers.</summary>
/// <param name="Without">Names of rules that are switched off.</param>
/// <param name="MaxPromptCharacters">Null knows no limit.</param>
/// <param name="Agree">Least share of responses that cast doubt on a reference by agreeing.</param>
internal sealed record CleaningRules(IReadOnlySet<string> Without, int? MaxPromptCharacters, double Agree, bool DropHopeless)
{
    public const string Empty = "empty-reference", Unreadable = "unreadable-reference", Overlong = "overlong", TooEasy = "too-easy",
        WrongReference = "wrong-reference", Hopeless = "hopeless";

    /// <summary>In the order in which they are tried; a row counts for the first that drops it.</summary>
    public static readonly string[] All =
    [
        Empty, .. FormRule.All.Select(rule => rule.Name), Overlong, Unreadable, TooEasy, WrongReference, Hopeless,
        DuplicateFinder.Overlap, DuplicateFinder.Exact, DuplicateFinder.Near,
    ];

    public bool Has(string rule) => !Without.Contains(rule);
}
