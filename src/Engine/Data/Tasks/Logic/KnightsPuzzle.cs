using System.Collections.Immutable;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>What each inhabitant says: <c>a:!b,b:(a&amp;b)</c>. Letters stand for "is a knight".</summary>
internal sealed record KnightsPuzzle(ImmutableArray<BooleanFormula> Statements)
{
    public const char Knight = 'k', Knave = 'n';

    /// <exception cref="FormatException">The text is no such list.</exception>
    public static KnightsPuzzle Parse(string text)
    {
        var sayings = text.Split(',');
        var people = Symbols.Letters[..Math.Min(sayings.Length, Symbols.Letters.Length)];
        for (var i = 0; i < sayings.Length; i++)
        {
            if (i >= people.Length || !sayings[i].StartsWith($"{people[i]}:", StringComparison.Ordinal))
                throw new FormatException("Inhabitants are a, b, c, … in this order.");
        }

        var puzzle = new KnightsPuzzle([.. sayings.Select(saying => BooleanFormula.Parse(saying[2..]))]);
        return puzzle.Statements.All(statement => statement.ToString().All(symbol => !char.IsAsciiLetter(symbol) || people.Contains(symbol)))
            ? puzzle
            : throw new FormatException("A statement speaks of someone who is not there.");
    }

    /// <param name="roles">'k' or 'n' for each.</param>
    /// <returns>The first knight who lies or knave who tells the truth; null where there is none.</returns>
    public int? FindContradiction(string roles)
    {
        for (var person = 0; person < Statements.Length; person++)
        {
            if (Statements[person].Holds(other => roles[other - 'a'] == Knight) != (roles[person] == Knight))
                return person;
        }

        return null;
    }

    /// <returns>Every combination of roles, knights before knaves.</returns>
    public static IEnumerable<string> AllRoles(int people) =>
        Enumerable.Range(0, 1 << people).Select(bits =>
            string.Concat(Enumerable.Range(0, people).Select(person => (bits >> (people - 1 - person) & 1) == 0 ? Knight : Knave)));

    public override string ToString() => string.Join(',', Statements.Select((statement, person) => $"{Symbols.Letters[person]}:{statement}"));
}
