namespace SeedOrleans.Engine.Data.Tasks.Programs;

/// <summary>Writes a program that works out a formula: <c>program:3*n+2=</c>.</summary>
internal sealed class FormulaProgramTask : ProgramTask
{
    public override string Name => "program-formula";

    public override string Description => "Write a Python program that reads n and prints what a formula makes of it.";

    public override string DifficultyMeaning => "n+b; a*n+b; s*n*n+a*n+b; the remainder of one";

    public override string Alphabet => "program:0123456789*+%()=;intu";

    protected override string Rules =>
        "A question such as program:3*n+2= gives a formula. The answer is a Python program that reads a whole number n and prints the formula's value.";

    protected override string Ask(NumberFormula formula, int difficulty) => $"program:{formula.Text()}=";
}
