namespace SeedOrleans.Engine.Rewards.Logic.Logic;

/// <summary>A value for each variable, and a true literal in each clause.</summary>
internal static class SatisfiabilityRule
{
    /// <param name="puzzle">Clauses, <c>aBc,bcA</c>; capitals are negated.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var clauses = puzzle.Split(',');
        if (clauses.Any(clause => clause.Length == 0 || !clause.All(char.IsAsciiLetter)))
            throw new FormatException("A puzzle looks like aBc,bcA.");

        var variables = char.ToLowerInvariant(clauses.SelectMany(clause => clause).MaxBy(char.ToLowerInvariant)) - 'a' + 1;
        if (answer.Length != variables || answer.Any(value => value is not ('0' or '1')))
            return $"The answer is not {variables} digits 0 or 1.";

        return clauses.FirstOrDefault(clause => !clause.Any(IsTrue)) is { } broken ? $"The clause {broken} is false." : null;

        bool IsTrue(char literal) => (answer[char.ToLowerInvariant(literal) - 'a'] == '1') == char.IsAsciiLetterLower(literal);
    }
}
