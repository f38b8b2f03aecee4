using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Extraction;

/// <summary>Reads the letter of a multiple-choice answer, and the text of choices in a question.</summary>
internal static partial class ChoiceLetter
{
    /// <summary>Longer answers are no letters.</summary>
    private const int MaxLength = 400;

    /// <returns>The letter, and what stands behind it; null where the answer is no letter of a choice.</returns>
    public static (char Letter, string Behind)? Read(string answer)
    {
        if (answer.Length > MaxLength)
            return null;

        var match = Choice().Match(Looks().Replace(answer, " "));
        return match.Success ? (char.ToUpperInvariant(match.Groups["letter"].Value[0]), match.Groups["rest"].Value.Trim()) : null;
    }

    /// <returns>Whether an answer names more than one letter, which is no choice.</returns>
    public static bool IsSeveral(string answer) =>
        answer.Length <= MaxLength && Looks().Replace(answer, " ") is var plain && (SeveralBare().IsMatch(plain) || AnyBracketed().Count(plain) > 1 || AnotherLetter().IsMatch(plain));

    /// <returns>What a question lists under a letter; null where it lists none.</returns>
    public static string? TextOf(string question, char letter)
    {
        var plain = question.Length > 8 * MaxLength ? question[^(8 * MaxLength)..] : question;
        plain = Looks().Replace(plain, " ");
        var start = plain.IndexOf($"({letter})", StringComparison.Ordinal);
        if (start < 0)
            return null;

        var rest = plain[(start + 3)..];
        var end = rest.IndexOf($"({(char)(letter + 1)})", StringComparison.Ordinal);
        var text = Decoration.Strip(end < 0 ? rest.Split('\n')[0] : rest[..end]);
        return text.Length > 0 ? text : null;
    }

    [GeneratedRegex(@"\A\s*[A-J](?:\s*(?:,|/|;|&|\band\b|\bor\b)+\s*[A-J])+\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SeveralBare();

    [GeneratedRegex(@"\(\s*[A-J]\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex AnyBracketed();

    [GeneratedRegex(@"\bor\s+[A-J]\b", RegexOptions.CultureInvariant)]
    private static partial Regex AnotherLetter();

    /// <summary>Font commands, dollars, braces, bold.</summary>
    [GeneratedRegex(@"\\(?:text|textbf|mathrm|mathbf|mbox|bf|rm|textrm|qquad|quad)\b|[{}$*~]|\\[ ,;!]", RegexOptions.CultureInvariant)]
    private static partial Regex Looks();

    [GeneratedRegex(
        @"\A\s*(?:(?i:option|choice|answer)\s+)?(?:\(\s*(?<letter>[A-Ja-j])\s*\)(?<rest>.*)|(?<letter>[A-J])\s*(?:[).:](?<rest>.*))?)\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Choice();
}
