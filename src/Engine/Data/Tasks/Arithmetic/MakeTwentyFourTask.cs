using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Makes 24 of cards, each used exactly once: <c>make24:4,7,8=</c>, <c>7-4=3,3*8=24;(7-4)*8</c>.</summary>
/// <remarks>Many answers are right, so the ground truth is the puzzle, <c>4,7,8&gt;24</c>, and the verifier plays by its rules.</remarks>
internal sealed class MakeTwentyFourTask : GeneratedTask
{
    private const int Target = 24, HighestCard = 13, LargestResult = 400;

    /// <summary>Joins tried before other cards are drawn; hardly any cards that can be solved take so many.</summary>
    private const int MaxJoins = 20_000;

    public override string Name => "make-24";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Make 24 of all the given numbers with + - * / and brackets, each used exactly once.";

    public override string DifficultyMeaning => "how many numbers are given, less two; each is 1 to 13";

    public override int MaxDifficulty => 4;

    public override string Alphabet => Symbols.Digits + "make:+-*/()=,;";

    protected override string Rules =>
        "A question such as make24:4,7,8= gives numbers. The answer is an expression of +, -, *, / and brackets that equals 24 "
        + "exactly and uses each given number exactly once, and no other number: (7-4)*8. Fractions may arise on the way. Any "
        + "such expression is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        while (true)
        {
            // About one draw in three can be solved with three cards, and nearly all with more.
            int[] cards = [.. Enumerable.Range(0, difficulty + 2).Select(_ => random.Next(1, HighestCard))];
            var (steps, joinsLeft) = (new Stack<string>(), MaxJoins);
            if (Solve([.. cards.Select(ArithmeticTerm.Of)], steps, ref joinsLeft) is not { } solution)
                continue;

            var numbers = string.Join(',', cards);
            return new Problem($"make24:{numbers}=", $"{numbers}>{Target}", $"{string.Join(',', steps.Reverse())};{solution}");
        }
    }

    /// <summary>Joins two terms in every way, then what comes of it, through whole numbers alone.</summary>
    private static string? Solve(ArithmeticTerm[] terms, Stack<string> steps, ref int joinsLeft)
    {
        if (terms.Length == 1)
            return terms[0].Value == Target ? terms[0].Text : null;

        for (var i = 0; i < terms.Length; i++)
        {
            for (var j = i + 1; j < terms.Length; j++)
            {
                foreach (var (sign, left, right, joined) in ArithmeticTerm.Combine(terms[i], terms[j], LargestResult))
                {
                    if (joinsLeft-- <= 0)
                        return null;

                    steps.Push($"{left.Value}{sign}{right.Value}={joined.Value}");
                    ArithmeticTerm[] rest = [.. terms.Where((_, place) => place != i && place != j), joined];
                    if (Solve(rest, steps, ref joinsLeft) is { } solution)
                        return solution;

                    steps.Pop();
                }
            }
        }

        return null;
    }
}
