using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>Gives values that make every clause true: <c>sat:aBc,bcA=</c>, <c>a,c;101</c>.</summary>
/// <remarks>The ground truth is the clauses. A step is the first literal of each clause that is true.</remarks>
internal sealed class SatisfiabilityTask : GeneratedTask
{
    private const int ClauseSize = 3;

    public override string Name => "satisfiability";

    public override TaskFamily Family => TaskFamily.Logic;

    public override string Description => "Find values of variables that make every clause of three literals true.";

    public override string DifficultyMeaning => "how many variables, less two; four clauses each";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Letters[..10] + Symbols.Letters[..10].ToUpperInvariant() + "sat:01=,;";

    protected override string Rules =>
        "A question such as sat:aBc,bcA= gives clauses of three letters. A small letter is true where its variable is true, a "
        + "capital where its variable is false, and a clause is true where at least one of its letters is. The variables are "
        + "a, b, c, … up to the last letter that occurs. The answer is 1 (true) or 0 (false) for each variable in alphabetical "
        + "order, so that every clause is true: 101. Any such answer is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var variables = Symbols.Letters[..(difficulty + 2)];
        var values = variables.Select(_ => random.Coin()).ToArray();
        List<string> clauses = [];
        while (clauses.Count < 4 * variables.Length || !string.Concat(clauses).Contains(variables[^1], StringComparison.OrdinalIgnoreCase))
        {
            var letters = random.Sample(variables, ClauseSize);
            var clause = string.Concat(letters.Select(letter => random.Coin() ? letter : char.ToUpperInvariant(letter)));
            if (clause.Any(IsTrue))
                clauses.Add(clause);
        }

        var puzzle = string.Join(',', clauses);
        var answer = string.Concat(values.Select(value => value ? '1' : '0'));
        return new Problem($"sat:{puzzle}=", puzzle, $"{string.Join(',', clauses.Select(clause => clause.First(IsTrue)))};{answer}");

        bool IsTrue(char literal) => values[char.ToLowerInvariant(literal) - 'a'] == char.IsAsciiLetterLower(literal);
    }
}
