using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Finds the digits that letters stand for: <c>ab+cb&gt;dce=</c>, <c>5+5=10,9+2+1=12;95+25&gt;120</c>.</summary>
/// <remarks>Several readings may be right; the ground truth is the puzzle.</remarks>
internal sealed class CryptarithmTask : GeneratedTask
{
    private const string Cover = "abcdefghij";

    public override string Name => "cryptarithm";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Replace letters by digits so that a sum comes true.";

    public override string DifficultyMeaning => "digits of each number, less one";

    public override int MaxDifficulty => 5;

    public override string Alphabet => Symbols.Digits + Cover + "+>=,;";

    protected override string Rules =>
        "A question such as ab+cb>dce= hides a sum: two numbers and, behind >, their sum. Each letter stands for one digit, "
        + "different letters for different digits, and no number of several digits begins with 0. The answer is the sum in "
        + "digits, in the same form: 95+25>120. Any that keeps to these rules is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        int[] left = DrawDigits(random, difficulty + 1), right = DrawDigits(random, difficulty + 1);
        var (total, steps, carry) = ("", new List<string>(), 0);
        for (var place = difficulty; place >= 0; place--)
        {
            var sum = left[place] + right[place] + carry;
            steps.Add($"{left[place]}+{right[place]}{(carry > 0 ? "+1" : "")}={sum}");
            total = (place == 0 ? sum : sum % 10).ToString(CultureInfo.InvariantCulture) + total;
            carry = sum / 10;
        }

        var answer = $"{string.Concat(left)}+{string.Concat(right)}>{total}";
        char[] letters = random.Shuffled(Cover);
        var puzzle = string.Concat(answer.Select(symbol => char.IsAsciiDigit(symbol) ? letters[symbol - '0'] : symbol));
        return new Problem($"{puzzle}=", puzzle, $"{string.Join(',', steps)};{answer}");
    }
}
