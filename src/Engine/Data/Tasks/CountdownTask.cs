using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>Reaches a number from given ones, each used at most once: <c>3,7,2&gt;13=</c>, <c>3*2=6,6+7=13;3*2+7</c>.</summary>
/// <remarks>Many answers are right, so the ground truth is the puzzle itself, <c>3,7,2&gt;13</c>, and the verifier plays by its rules.</remarks>
internal sealed class CountdownTask : GeneratedTask
{
    private const int LargestNumber = 9;
    private const int LargestResult = 100;

    /// <summary>How tightly an operator binds; a bare number binds tightest.</summary>
    private const int Sum = 1, Product = 2, Number = 3;

    public override string Name => "countdown";

    public override string Description => "Reach a number from the given ones with + - * / and brackets, each used at most once.";

    public override string DifficultyMeaning => "how many numbers are given, less one; each is 1 to 9";

    public override int MaxDifficulty => 5;

    public override string Alphabet => "0123456789+-*/()>=,;";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var numbers = new int[difficulty + 1];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = random.Next(1, LargestNumber);

        var (terms, steps) = (numbers.Select(number => new Term(number, $"{number}", Number)).ToList(), new List<string>());
        while (terms.Count > 1)
        {
            Term first = Take(terms, random), second = Take(terms, random);
            var choices = Combine(first, second).ToList();
            var (sign, left, right, joined) = choices[random.Next(0, choices.Count - 1)];
            steps.Add($"{left.Value}{sign}{right.Value}={joined.Value}");
            terms.Add(joined);
        }

        var puzzle = $"{string.Join(',', numbers)}>{terms[0].Value}";
        return new Problem($"{puzzle}=", puzzle, $"{string.Join(',', steps)};{terms[0].Text}");
    }

    private static Term Take(List<Term> terms, RandomSequence random)
    {
        var place = random.Next(0, terms.Count - 1);
        var term = terms[place];
        terms.RemoveAt(place);
        return term;
    }

    /// <returns>Every way to join two terms to a whole number from 1 to <see cref="LargestResult"/>: never none, as a ≥ b gives a − b or a / b = 1.</returns>
    private static IEnumerable<(char Sign, Term Left, Term Right, Term Joined)> Combine(Term first, Term second)
    {
        var (left, right) = first.Value >= second.Value ? (first, second) : (second, first);

        if (left.Value + right.Value <= LargestResult)
            yield return ('+', left, right, Join(left, '+', right, left.Value + right.Value, Sum));
        if (left.Value > right.Value)
            yield return ('-', left, right, Join(left, '-', right, left.Value - right.Value, Sum));
        if (left.Value * right.Value <= LargestResult)
            yield return ('*', left, right, Join(left, '*', right, left.Value * right.Value, Product));
        if (left.Value % right.Value == 0)
            yield return ('/', left, right, Join(left, '/', right, left.Value / right.Value, Product));
    }

    private static Term Join(Term left, char sign, Term right, int value, int binding)
    {
        var leftText = left.Binding < binding ? $"({left.Text})" : left.Text;
        var needsBrackets = right.Binding < binding || (right.Binding == binding && (sign is '-' or '/'));
        return new Term(value, $"{leftText}{sign}{(needsBrackets ? $"({right.Text})" : right.Text)}", binding);
    }

    private sealed record Term(int Value, string Text, int Binding);
}
