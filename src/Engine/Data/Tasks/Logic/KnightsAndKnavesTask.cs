using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>Tells who lies: <c>a:!b,b:(a|b)=</c>, <c>kk-a,kn-b;nk</c>.</summary>
/// <remarks>The ground truth is what they say. A step is a combination of roles and the first whom it contradicts.</remarks>
internal sealed class KnightsAndKnavesTask : GeneratedTask
{
    /// <summary>About one draw in four has one solution; where none of so many had, several answers are right.</summary>
    private const int Draws = 100;

    public override string Name => "knights-and-knaves";

    public override TaskFamily Family => TaskFamily.Logic;

    public override string Description => "Tell from what people say who always tells the truth and who always lies.";

    public override string DifficultyMeaning => "how many people, less one";

    public override int MaxDifficulty => 5;

    public override string Alphabet => Symbols.Letters[..6] + "kn-:=,;" + BooleanFormula.Characters;

    protected override string Rules =>
        "A question such as a:!b,b:(a|b)= says what each of several people states. A knight's statement is true, a knave's is "
        + "false, and everyone is one or the other. In statements a letter means that this person is a knight, ! is not, & "
        + "and, | or (or both), > if … then …, ~ if and only if. The answer is k for a knight or n for a knave for each person "
        + "in order: nk. Any answer that contradicts no one is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var people = Symbols.Letters[..(difficulty + 1)];
        var (puzzle, solutions) = Draw(random, people);
        for (var draw = 1; draw < Draws && solutions.Length != 1; draw++)
            (puzzle, solutions) = Draw(random, people);

        var steps = KnightsPuzzle.AllRoles(people.Length)
            .TakeWhile(roles => roles != solutions[0])
            .Select(roles => $"{roles}-{people[puzzle.FindContradiction(roles)!.Value]}");
        return new Problem($"{puzzle}=", puzzle.ToString(), $"{string.Join(',', steps)};{solutions[0]}");
    }

    /// <summary>Draws roles, then for each person statements until one fits the role.</summary>
    private static (KnightsPuzzle Puzzle, string[] Solutions) Draw(RandomSequence random, string people)
    {
        var hidden = string.Concat(people.Select(_ => random.Pick("kn")));
        var puzzle = new KnightsPuzzle([.. people.Select(person =>
        {
            var others = people.Remove(person - 'a', 1);
            BooleanFormula statement;
            do
            {
                var about = random.Next(0, 3) == 0 ? people : others;
                statement = BooleanFormula.Draw(random, about, operators: random.Next(0, Math.Min(2, people.Length - 1)));
            }
            while (RepeatsItself(statement) || IsTrue(statement, hidden) != (hidden[person - 'a'] == KnightsPuzzle.Knight));

            return statement;
        })]);

        return (puzzle, [.. KnightsPuzzle.AllRoles(people.Length).Where(roles => puzzle.FindContradiction(roles) is null)]);
    }

    /// <summary>Nobody says that a is a knight or not a knight.</summary>
    private static bool RepeatsItself(BooleanFormula statement) =>
        statement.ToString().Where(char.IsAsciiLetter).CountBy(letter => letter).Any(pair => pair.Value > 1);

    private static bool IsTrue(BooleanFormula statement, string roles) =>
        statement.Holds(person => roles[person - 'a'] == KnightsPuzzle.Knight);
}
