using System.Text.RegularExpressions;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;
using SeedOrleans.Engine.Rewards.Mathematics.Notation;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Notices an answer that only repeats what the question says, letter by letter or in another order: its value is right, and nothing was done.</summary>
/// <remarks>Integers and answers written as the reference is are never restatements: a question may well mention its answer.</remarks>
internal static partial class Restatement
{
    public const string Rule = "restatement";

    /// <summary>Longer questions are searched in their last part, where they ask.</summary>
    private const int SearchedTail = 8192;

    /// <summary>Formulas of a question that are read, from its end.</summary>
    private const int MaxFormulas = 12;

    private static readonly (string Written, string Plain)[] Spellings =
    [
        ("\\left", ""), ("\\right", ""), ("\\dfrac", "\\frac"), ("\\tfrac", "\\frac"), ("\\cdot", "*"), ("\\times", "*"), ("{,}", ""), (",\\!", ""), ("\\,", ""),
        ("\\!", ""), ("\\ ", ""), ("$", ""), (" ", ""), ("\n", ""), ("×", "*"), ("·", "*"), ("−", "-"), ("π", "\\pi"),
    ];

    public static bool Is(string question, string reference, string answer, WorkBudget budget)
    {
        var asked = question.Length > SearchedTail ? question[^SearchedTail..] : question;
        var (expected, given) = (Plain(reference), Assigned(Plain(answer)));
        return given != expected && !given.Replace(",", "", StringComparison.Ordinal).TrimStart('-').All(char.IsAsciiLetterOrDigit)
            && (Says(Plain(asked), given) || IsFormulaOf(asked, reference, answer, budget));
    }

    /// <summary>Whether a text has the answer in it, and no number goes on at its ends.</summary>
    private static bool Says(string said, string given)
    {
        for (var place = said.IndexOf(given, StringComparison.Ordinal); place >= 0; place = said.IndexOf(given, place + 1, StringComparison.Ordinal))
        {
            var end = place + given.Length;
            if (!(char.IsAsciiDigit(given[0]) && place > 0 && (char.IsAsciiDigit(said[place - 1]) || said[place - 1] == '.'))
                && !(char.IsAsciiDigit(given[^1]) && StartsWithDigits(said.AsSpan(end))))
                return true;
        }

        return false;
    }

    /// <summary>Whether a formula of the question, or a side of one, has the answer's canonical form and not the reference's.</summary>
    private static bool IsFormulaOf(string question, string reference, string answer, WorkBudget budget)
    {
        if (AnswerParser.Parse(reference, joinsCommas: true) is not { } expected || AnswerParser.Parse(answer, joinsCommas: true) is not { } given)
            return false;

        var key = Key(Assigned(given), budget);
        return key is not null && key != Key(Assigned(expected), budget)
            && Formula().Matches(question).TakeLast(MaxFormulas).SelectMany(formula => Sides(formula.Groups["formula"].Value)).Any(side => Key(side, budget) == key);
    }

    private static IEnumerable<Expression> Sides(string formula)
    {
        if (AnswerParser.Parse(formula, joinsCommas: true) is not { } parsed)
            return [];

        return parsed.Operator is Operator.Relation or Operator.List ? [parsed, .. parsed.Parts] : [parsed];
    }

    private static string? Key(Expression expression, WorkBudget budget) => new CanonicalForm(budget).KeyOf(expression);

    private static Expression Assigned(Expression answer) => answer is { Operator: Operator.Relation, Name: "=", Parts: [{ Operator: Operator.Variable }, var value] } ? value : answer;

    /// <summary>x = 5 says 5.</summary>
    private static string Assigned(string plain) => plain.Length > 2 && char.IsAsciiLetter(plain[0]) && plain[1] == '=' ? plain[2..] : plain;

    /// <summary>Whether a number goes on here; a full stop alone ends a sentence.</summary>
    private static bool StartsWithDigits(ReadOnlySpan<char> rest) => rest is [>= '0' and <= '9', ..] or ['.', >= '0' and <= '9', ..];

    private static string Plain(string text)
    {
        foreach (var (written, plain) in Spellings)
            text = text.Replace(written, plain, StringComparison.Ordinal);

        return text;
    }

    [GeneratedRegex(@"\$\$?(?<formula>[^$]{1,300})\$|\\\((?<formula>.{1,300}?)\\\)|\\\[(?<formula>.{1,300}?)\\\]", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Formula();
}
