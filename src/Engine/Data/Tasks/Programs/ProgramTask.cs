using System.Globalization;
using System.Text.Json;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Programs;

/// <summary>What tasks share whose answer is a Python program that reads one whole number and prints one; it is run to be judged.</summary>
internal abstract class ProgramTask : GeneratedTask
{
    private const int Tests = 3;

    public override TaskFamily Family => TaskFamily.Programs;

    public override string RewardStyle => "code";

    public override int MaxDifficulty => NumberFormula.MaxDifficulty;

    protected override string Convention => "The response is the program and nothing else.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var formula = NumberFormula.Draw(difficulty, random);
        var numbers = Enumerable.Range(0, Tests).Select(place => random.Next((10 * place) + 4, (10 * place) + 13)).ToArray();
        var tests = JsonSerializer.Serialize(new
        {
            inputs = numbers.Select(Text),
            outputs = numbers.Select(number => Text(formula.At(number))),
        });
        return new Problem(Ask(formula, difficulty), tests, formula.Program());
    }

    protected abstract string Ask(NumberFormula formula, int difficulty);

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
