using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Writes a number in another base: <c>base2:1011&gt;base3=</c>, <c>1,2,5,11,11/3=3r2,3/3=1r0,1/3=0r1;102</c>.</summary>
/// <remarks>Steps: the value so far, digit by digit; then divisions by the new base, whose remainders are the answer from behind.</remarks>
internal sealed class BaseConversionTask : GeneratedTask
{
    private const string Figures = "0123456789abcdef";

    private static readonly int[] Bases = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16];

    public override string Name => "base-conversion";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Write a number in another base from 2 to 16.";

    public override string DifficultyMeaning => "decimal digits of the number, less one";

    public override int MaxDifficulty => 6;

    public override string Alphabet => Figures + "base:>/r=,;";

    protected override string Rules =>
        "A question such as base2:1011>base3= gives a number in the first base and asks for the same number in the second. "
        + "Digits above 9 are the letters a to f. The answer is the number's digits alone, without leading zeros: 102.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var number = DrawNumber(random, difficulty + 1);
        var bases = random.Sample(Bases, 2);
        string from = Write(number, bases[0]), answer = Write(number, bases[1]);

        var (steps, value) = (new List<string>(), 0);
        foreach (var figure in from)
            steps.Add($"{value = value * bases[0] + Figures.IndexOf(figure)}");
        for (; value > 0; value /= bases[1])
            steps.Add($"{value}/{bases[1]}={value / bases[1]}r{value % bases[1]}");

        return new Problem($"base{bases[0]}:{from}>base{bases[1]}=", answer, $"{string.Join(',', steps)};{answer}");
    }

    private static string Write(int number, int numberBase) =>
        number < numberBase ? $"{Figures[number]}" : Write(number / numberBase, numberBase) + Figures[number % numberBase];
}
