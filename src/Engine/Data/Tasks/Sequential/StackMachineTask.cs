using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Sequential;

/// <summary>Runs a program on a stack: <c>stack:34+2s=</c>, <c>3,3.4,7,7.2,2.7;2.7</c>.</summary>
/// <remarks>The steps are the stack after each instruction, its top to the right.</remarks>
internal sealed class StackMachineTask : GeneratedTask
{
    private const int LargestFactor = 30;

    public override string Name => "stack-machine";

    public override TaskFamily Family => TaskFamily.Sequential;

    public override string Description => "Run a little program on a stack of numbers.";

    public override string DifficultyMeaning => "two instructions each, and three more";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Digits + "stackdx+-*.:=,;";

    protected override string Rules =>
        "A question such as stack:34+2s= is a program of single characters for a stack of numbers that is empty at first. A "
        + "digit puts itself on top; +, - and * take the two topmost numbers and put back their sum, difference (lower minus "
        + "topmost) or product; d puts a copy of the topmost on top; s swaps the two topmost; x removes the topmost. The "
        + "answer is the stack in the end from bottom to top, with points between the numbers: 2.7.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (program, stack, steps) = ("", new List<int>(), new List<string>());
        while (program.Length < 2 * difficulty + 3)
        {
            var instruction = Draw(random, stack);
            program += instruction;
            Run(instruction, stack);
            steps.Add(string.Join('.', stack.Select(number => number.ToString(CultureInfo.InvariantCulture))));
        }

        return new Problem($"stack:{program}=", steps[^1], $"{string.Join(',', steps)};{steps[^1]}");
    }

    private static char Draw(RandomSequence random, List<int> stack)
    {
        if (stack.Count < 2 || (stack.Count < 5 && random.Next(0, 9) < 4))
            return random.Pick(Symbols.Digits[1..]);

        var isSmall = Math.Abs(stack[^1]) <= LargestFactor && Math.Abs(stack[^2]) <= LargestFactor;
        return random.Pick(isSmall ? "+-*ds+-*x" : "+-ds+-x");
    }

    private static void Run(char instruction, List<int> stack)
    {
        if (char.IsAsciiDigit(instruction))
        {
            stack.Add(instruction - '0');
            return;
        }

        var top = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        switch (instruction)
        {
            case 'x':
                break;
            case 'd':
                stack.AddRange([top, top]);
                break;
            case 's':
                stack.Insert(stack.Count - 1, top);
                break;
            default:
                stack[^1] = instruction switch { '+' => stack[^1] + top, '-' => stack[^1] - top, _ => stack[^1] * top };
                break;
        }
    }
}
