using System.Globalization;

namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

/// <inheritdoc cref="TaskOracles"/>
internal static class JudgingOracles
{
    public static IReadOnlyDictionary<string, Func<string, string, bool>> All { get; } = new Dictionary<string, Func<string, string, bool>>
    {
        ["equivalence"] = Equivalence,
        ["equivalence-at-sight"] = Equivalence,
        ["equivalence-new-forms"] = Equivalence,
        ["preference"] = Preference,
    };

    private static bool Equivalence(string question, string answer)
    {
        var sides = question.Split('~');
        return answer == (Value(sides[0]) == Value(sides[1]) ? "yes" : "no");
    }

    private static bool Preference(string question, string answer)
    {
        var parts = question.Split('|');
        return answer == (WritingOracles.Score(parts[0], parts[1]) > WritingOracles.Score(parts[0], parts[2]) ? "yes" : "no");
    }

    private static decimal Value(string formula)
    {
        if (formula.LastIndexOfAny(['+', '-']) is > 0 and var sum)
            return Value(formula[..sum]) + ((formula[sum] == '+' ? 1 : -1) * Value(formula[(sum + 1)..]));

        return formula.IndexOfAny(['*', '/']) is > 0 and var product
            ? formula[product] == '*' ? Value(formula[..product]) * Value(formula[(product + 1)..]) : Value(formula[..product]) / Value(formula[(product + 1)..])
            : decimal.Parse(formula, CultureInfo.InvariantCulture);
    }
}
