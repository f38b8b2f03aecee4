using System.Globalization;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Multiplies by one digit, from the right: <c>345*7=</c>, <c>5*7=35,4*7+3=31,3*7+3=24;2415</c>.</summary>
internal sealed class MultiplicationTask : GeneratedTask
{
    public override string Name => "multiplication";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Multiply a number by one digit, digit by digit from the right, with carries.";

    public override string DifficultyMeaning => "digits of the number; the other factor is 2 to 9";

    public override int MaxDifficulty => 20;

    public override string Alphabet => "0123456789*+=,;";

    protected override string Rules =>
        "A question such as 345*7= asks for the product of two numbers. The answer is that whole number in digits: 2415.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var digits = DrawDigits(random, difficulty);
        var factor = random.Next(2, 9);
        var steps = new List<string>();
        var answer = "";
        var carry = 0;

        for (var place = difficulty - 1; place >= 0; place--)
        {
            var product = digits[place] * factor + carry;
            steps.Add($"{digits[place]}*{factor}{(carry > 0 ? $"+{carry}" : "")}={product}");
            answer = (place == 0 ? product : product % 10).ToString(CultureInfo.InvariantCulture) + answer;
            carry = product / 10;
        }

        return new Problem($"{string.Concat(digits)}*{factor}=", answer, $"{string.Join(',', steps)};{answer}");
    }
}
