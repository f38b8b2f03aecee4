using System.Globalization;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Adds two numbers digit by digit from the right: <c>345+278=</c>, <c>5+8=13,4+7+1=12,3+2+1=6;623</c>.</summary>
internal sealed class AdditionTask : GeneratedTask
{
    public override string Name => "addition";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Add two numbers, digit by digit from the right, with carries.";

    public override string DifficultyMeaning => "digits of each number";

    public override int MaxDifficulty => 20;

    public override string Alphabet => "0123456789+=,;";

    protected override string Rules =>
        "A question such as 345+278= asks for the sum of two numbers. The answer is that whole number in digits: 623.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        int[] left = DrawDigits(random, difficulty), right = DrawDigits(random, difficulty);
        var steps = new List<string>();
        var answer = "";
        var carry = 0;

        for (var place = difficulty - 1; place >= 0; place--)
        {
            var sum = left[place] + right[place] + carry;
            steps.Add($"{left[place]}+{right[place]}{(carry > 0 ? "+1" : "")}={sum}");
            answer = (place == 0 ? sum : sum % 10).ToString(CultureInfo.InvariantCulture) + answer;
            carry = sum / 10;
        }

        return new Problem(
            $"{string.Concat(left)}+{string.Concat(right)}=", answer, $"{string.Join(',', steps)};{answer}");
    }
}
