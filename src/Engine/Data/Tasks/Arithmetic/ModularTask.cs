using System.Globalization;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Adds, subtracts or multiplies modulo a digit: <c>(47+38)%7=</c>, <c>47%7=5,38%7=3,5+3=8,8%7=1;1</c>.</summary>
/// <remarks>A remainder is never negative: −2 % 7 = 5.</remarks>
internal sealed class ModularTask : GeneratedTask
{
    public override string Name => "modular";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Add, subtract or multiply two numbers modulo a number from 2 to 9.";

    public override string DifficultyMeaning => "digits of each number";

    public override int MaxDifficulty => 6;

    public override string Alphabet => "0123456789()+-*%=,;";

    protected override string Rules =>
        "A question such as (47+38)%7= asks for the remainder of a sum, difference or product after division by the number "
        + "behind %. A remainder is never negative: (1-3)%7 is 5. The answer is that whole number in digits: 1.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        int left = DrawNumber(random, difficulty), right = DrawNumber(random, difficulty);
        var modulus = random.Next(2, 9);
        var sign = "+-*"[random.Next(0, 2)];

        int leftRest = left % modulus, rightRest = right % modulus;
        var result = sign switch
        {
            '+' => leftRest + rightRest,
            '-' => leftRest - rightRest,
            _ => leftRest * rightRest,
        };
        var answer = ((result % modulus + modulus) % modulus).ToString(CultureInfo.InvariantCulture);

        return new Problem(
            $"({left}{sign}{right})%{modulus}=",
            answer,
            $"{left}%{modulus}={leftRest},{right}%{modulus}={rightRest},"
            + $"{leftRest}{sign}{rightRest}={result},{result}%{modulus}={answer};{answer}");
    }
}
