using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Reaches a number from given ones, each used at most once: <c>3,7,2&gt;13=</c>, <c>3*2=6,6+7=13;3*2+7</c>.</summary>
/// <remarks>Many answers are right, so the ground truth is the puzzle itself, <c>3,7,2&gt;13</c>, and the verifier plays by its rules.</remarks>
internal sealed class CountdownTask : GeneratedTask
{
    private const int LargestNumber = 9;
    private const int LargestResult = 100;

    public override string Name => "countdown";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Reach a number from the given ones with + - * / and brackets, each used at most once.";

    public override string DifficultyMeaning => "how many numbers are given, less one; each is 1 to 9";

    public override int MaxDifficulty => 5;

    public override string Alphabet => "0123456789+-*/()>=,;";

    protected override string Rules =>
        "A question such as 3,7,2>13= gives numbers and, behind >, a target. The answer is an expression of +, -, *, / and "
        + "brackets that equals the target exactly and uses each given number at most once, and no other number: 3*2+7. Any "
        + "such expression is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var numbers = new int[difficulty + 1];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = random.Next(1, LargestNumber);

        var (terms, steps) = (numbers.Select(ArithmeticTerm.Of).ToList(), new List<string>());
        while (terms.Count > 1)
        {
            ArithmeticTerm first = Take(terms, random), second = Take(terms, random);
            var choices = ArithmeticTerm.Combine(first, second, LargestResult).ToList();
            var (sign, left, right, joined) = choices[random.Next(0, choices.Count - 1)];
            steps.Add($"{left.Value}{sign}{right.Value}={joined.Value}");
            terms.Add(joined);
        }

        var puzzle = $"{string.Join(',', numbers)}>{terms[0].Value}";
        return new Problem($"{puzzle}=", puzzle, $"{string.Join(',', steps)};{terms[0].Text}");
    }

    private static ArithmeticTerm Take(List<ArithmeticTerm> terms, RandomSequence random)
    {
        var place = random.Next(0, terms.Count - 1);
        var term = terms[place];
        terms.RemoveAt(place);
        return term;
    }
}
