using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>
/// A statement about variables: <c>a</c>, <c>!a</c>, <c>(a&amp;b)</c>, <c>(a|b)</c>, <c>(a&gt;b)</c> if a then b, <c>(a~b)</c>
/// both or neither.
/// </summary>
/// <param name="Symbol">A variable's letter, '!' (with <paramref name="Left"/> alone) or the operator between two.</param>
internal sealed record BooleanFormula(char Symbol, BooleanFormula? Left = null, BooleanFormula? Right = null)
{
    public const string Characters = "()!" + Operators;

    private const string Operators = "&|>~";
    private const int MaxDepth = 32;

    /// <exception cref="FormatException">The text is no statement.</exception>
    public static BooleanFormula Parse(string text)
    {
        var position = 0;
        var formula = Read(text, ref position, depth: 0);
        return position == text.Length ? formula : throw Malformed(text);
    }

    /// <summary>Draws a statement that joins literals of <paramref name="variables"/> by so many operators.</summary>
    public static BooleanFormula Draw(RandomSequence random, string variables, int operators)
    {
        if (operators == 0)
        {
            var variable = new BooleanFormula(random.Pick(variables));
            return random.Coin() ? variable : new BooleanFormula('!', variable);
        }

        var inLeft = random.Next(0, operators - 1);
        return new BooleanFormula(
            random.Pick(Operators), Draw(random, variables, inLeft), Draw(random, variables, operators - 1 - inLeft));
    }

    /// <param name="isTrue">What each variable is.</param>
    public bool Holds(Func<char, bool> isTrue) => Symbol switch
    {
        '!' => !Left!.Holds(isTrue),
        '&' => Left!.Holds(isTrue) & Right!.Holds(isTrue),
        '|' => Left!.Holds(isTrue) | Right!.Holds(isTrue),
        '>' => !Left!.Holds(isTrue) | Right!.Holds(isTrue),
        '~' => Left!.Holds(isTrue) == Right!.Holds(isTrue),
        _ => isTrue(Symbol),
    };

    public override string ToString() => Symbol switch
    {
        '!' => $"!{Left}",
        _ when Left is null => $"{Symbol}",
        _ => $"({Left}{Symbol}{Right})",
    };

    private static BooleanFormula Read(string text, ref int position, int depth)
    {
        if (position >= text.Length || depth > MaxDepth)
            throw Malformed(text);

        var symbol = text[position++];
        if (symbol == '!')
            return new BooleanFormula('!', Read(text, ref position, depth + 1));
        if (symbol != '(')
            return char.IsAsciiLetterLower(symbol) ? new BooleanFormula(symbol) : throw Malformed(text);

        var left = Read(text, ref position, depth + 1);
        var sign = position < text.Length ? text[position++] : ' ';
        var right = Read(text, ref position, depth + 1);
        return Operators.Contains(sign) && position < text.Length && text[position++] == ')'
            ? new BooleanFormula(sign, left, right)
            : throw Malformed(text);
    }

    private static FormatException Malformed(string text) => new($"\"{text}\" is no statement such as !a or (a&b).");
}
