using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Takes a number apart into primes: <c>primes:60=</c>, <c>60/2=30,30/2=15,15/3=5;2*2*3*5</c>.</summary>
/// <remarks>The order of factors is free; the ground truth is the number.</remarks>
internal sealed class FactorizationTask : GeneratedTask
{
    public override string Name => "factorization";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Write a number as a product of primes.";

    public override string DifficultyMeaning => "digits of the number, less two";

    public override int MaxDifficulty => 3;

    public override string Alphabet => Symbols.Digits + "primes:*/=,;";

    protected override string Rules =>
        "A question such as primes:60= asks for the primes whose product is the number, each as often as it divides it. The "
        + "answer is that product, in any order, written with *: 2*2*3*5. A prime is its own answer: primes:13= has the answer "
        + "13.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var number = DrawNumber(random, difficulty + 2);
        var (rest, factors, steps) = (number, new List<int>(), new List<string>());
        for (var prime = 2; rest > 1; prime++)
        {
            while (rest % prime == 0)
            {
                factors.Add(prime);
                if (rest != prime)
                    steps.Add($"{rest}/{prime}={rest / prime}");
                rest /= prime;
            }
        }

        var text = number.ToString(CultureInfo.InvariantCulture);
        return new Problem($"primes:{text}=", text, $"{string.Join(',', steps)};{string.Join('*', factors)}");
    }
}
