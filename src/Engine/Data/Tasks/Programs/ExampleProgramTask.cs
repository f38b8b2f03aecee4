namespace SeedOrleans.Engine.Data.Tasks.Programs;

/// <summary>Writes a program that does what examples show: <c>examples:0>2,1>5,2>8,3>11=</c>.</summary>
internal sealed class ExampleProgramTask : ProgramTask
{
    private const int LeastShown = 3;

    public override string Name => "program-examples";

    public override string Description => "Find the rule of some examples, and write a Python program that reads n and prints what the rule makes of it.";

    public override string DifficultyMeaning => "n+b; a*n+b; s*n*n+a*n+b; the remainder of one";

    public override string Alphabet => "examples:0123456789>,*+%()=;intpru";

    protected override string Rules =>
        "A question such as examples:0>2,1>5,2>8,3>11= shows what becomes of 0, 1, 2 and so on; s*n*n+a*n+b does it for some whole numbers, or the remainder of that. "
        + "The answer is a Python program that reads a whole number n and prints what becomes of it.";

    protected override string Ask(NumberFormula formula, int difficulty) =>
        $"examples:{string.Join(',', Enumerable.Range(0, LeastShown + difficulty).Select(n => $"{n}>{Text(formula.At(n))}"))}=";
}
