using System.Globalization;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Solves a·x + b = c for an integer: <c>3x+5=20,x=</c>, <c>3x=20-5=15,x=15/3=5;5</c>.</summary>
internal sealed class LinearEquationTask : GeneratedTask
{
    public override string Name => "linear-equation";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Solve a*x+b=c for an integer x.";

    public override string DifficultyMeaning => "most digits of x and of b; a is 2 to 9";

    public override int MaxDifficulty => 6;

    public override string Alphabet => "0123456789x+-/=,;";

    protected override string Rules =>
        "A question such as 3x+5=20,x= asks for the whole number x that makes the equation true. The answer is x in digits, "
        + "with a minus sign where it is negative: 5.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var bound = Bound(difficulty);
        var factor = random.Next(2, 9);
        var solution = random.Next(-bound, bound);
        var offset = random.Next(1, bound) * (random.Next(0, 1) == 0 ? 1 : -1);

        var product = factor * solution;
        var result = product + offset;
        var (sign, opposite) = offset > 0 ? ('+', '-') : ('-', '+');
        var size = Math.Abs(offset);

        return new Problem(
            $"{factor}x{sign}{size}={result},x=",
            solution.ToString(CultureInfo.InvariantCulture),
            $"{factor}x={result}{opposite}{size}={product},x={product}/{factor}={solution};{solution}");
    }

    private static int Bound(int digits) => (int)Math.Pow(10, digits) - 1;
}
