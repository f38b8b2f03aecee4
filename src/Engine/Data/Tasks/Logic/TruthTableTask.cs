using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>Says when a statement is true: <c>table:(a&gt;!b)=</c>, <c>00:1,01:1,10:1,11:0;1110</c>.</summary>
internal sealed class TruthTableTask : GeneratedTask
{
    public override string Name => "truth-table";

    public override TaskFamily Family => TaskFamily.Logic;

    public override string Description => "Say for all values of its variables whether a statement is true.";

    public override string DifficultyMeaning => "operators in the statement, less one; 2 variables, 3 from 3 on, 4 from 5 on";

    public override int MaxDifficulty => 6;

    public override string Alphabet => "abcd01table:=,;" + BooleanFormula.Characters;

    protected override string Rules =>
        "A question such as table:(a>!b)= gives a statement, in which ! is not, & and, | or (or both), > if … then …, ~ if and "
        + "only if. Its variables are the letters in it. Give them all values, 0 for false and 1 for true, counting up in "
        + "binary with the variables in alphabetical order: for a and b 00, 01, 10, 11. The answer is, for each of these in "
        + "order, 1 where the statement is true and 0 where it is false: 1110.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var variables = "abcd"[..(2 + (difficulty - 1) / 2)];
        var formula = BooleanFormula.Draw(random, variables, difficulty + 1);
        variables = string.Concat(formula.ToString().Where(char.IsAsciiLetter).Distinct().Order());

        var rows = Enumerable.Range(0, 1 << variables.Length).Select(bits => bits.ToString($"b{variables.Length}", null)).ToList();
        var answer = string.Concat(rows.Select(row => formula.Holds(letter => row[variables.IndexOf(letter)] == '1') ? '1' : '0'));

        return new Problem($"table:{formula}=", answer, $"{string.Join(',', rows.Zip(answer, (row, bit) => $"{row}:{bit}"))};{answer}");
    }
}
