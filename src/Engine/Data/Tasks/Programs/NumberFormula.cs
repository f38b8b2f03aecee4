using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Programs;

/// <summary>(square·n² + factor·n + offset) mod modulus, and without the remainder where the modulus is 0.</summary>
internal sealed record NumberFormula(int Square, int Factor, int Offset, int Modulus)
{
    public const int MaxDifficulty = 4;

    /// <param name="difficulty">n+b; a*n+b; s*n*n+a*n+b; a remainder of that.</param>
    public static NumberFormula Draw(int difficulty, RandomSequence random) => new(
        difficulty >= 3 ? random.Next(2, 9) : 0,
        difficulty >= 2 ? random.Next(2, difficulty == 2 ? 40 : 9) : 1,
        random.Next(1, 99),
        difficulty >= 4 ? random.Next(2, 19) : 0);

    public int At(int n)
    {
        var value = (Square * n * n) + (Factor * n) + Offset;
        return Modulus > 0 ? value % Modulus : value;
    }

    /// <returns>In terms of <c>n</c>, as Python and people write it.</returns>
    public string Text()
    {
        var sum = $"{(Square > 0 ? $"{Square}*n*n+" : "")}{(Factor > 1 ? $"{Factor}*n" : "n")}+{Offset}";
        return Modulus > 0 ? $"({sum})%{Modulus}" : sum;
    }

    public string Program() => $"n=int(input());print({Text()})";
}
