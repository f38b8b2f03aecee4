using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>Finds the signs between digits: <c>2?3?4&gt;14=</c>, <c>3*4=12,2+12=14;2+3*4</c>.</summary>
/// <remarks>Several rows of signs may be right; the ground truth is the puzzle, <c>2?3?4&gt;14</c>.</remarks>
internal sealed class MissingOperatorsTask : GeneratedTask
{
    public override string Name => "missing-operators";

    public override TaskFamily Family => TaskFamily.Arithmetic;

    public override string Description => "Put + - or * between given digits so that they reach a number.";

    public override string DifficultyMeaning => "how many signs are missing, less one";

    public override int MaxDifficulty => 6;

    public override string Alphabet => Symbols.Digits + "+-*?>=,;";

    protected override string Rules =>
        "A question such as 2?3?4>14= gives a row of digits and, behind >, a number. Put +, - or * in the place of every ? so "
        + "that the row equals that number; multiplication comes before addition and subtraction, and there are no brackets. "
        + "The answer is the row with its signs: 2+3*4. Any row that reaches the number is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        int[] digits = [.. Enumerable.Range(0, difficulty + 2).Select(_ => random.Next(1, 9))];
        char[] signs = [.. Enumerable.Range(0, difficulty + 1).Select(_ => random.Pick(OperatorRow.Signs))];

        var puzzle = string.Create(CultureInfo.InvariantCulture, $"{string.Join('?', digits)}>{OperatorRow.Evaluate(digits, signs)}");
        return new Problem($"{puzzle}=", puzzle, $"{string.Join(',', OperatorRow.Steps(digits, signs))};{OperatorRow.Text(digits, signs)}");
    }
}
