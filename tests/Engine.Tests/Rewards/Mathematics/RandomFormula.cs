using System.Globalization;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Tests.Rewards.Mathematics;

/// <summary>A made-up formula that can be written in two notations, put into another order, disturbed, and worked out in doubles.</summary>
/// <param name="Head">+, *, /, ^, a function's name, a variable, or # for a number.</param>
internal sealed record RandomFormula(string Head, int Number, IReadOnlyList<RandomFormula> Parts)
{
    private const int MaxDepth = 3;

    private static readonly (double X, double Y)[] Points = [(0.31, 0.73), (1.7, 2.3), (3.9, 1.1), (-0.6, 0.4), (-2.2, -1.3)];

    public static RandomFormula Of(RandomSequence chance, int depth = 0) => (depth == MaxDepth ? 0 : chance.Next(0, 9)) switch
    {
        0 => chance.Next(0, 2) switch { 0 => new("x", 0, []), 1 => new("y", 0, []), _ => Of(chance.Next(2, 9)) },
        1 or 2 or 3 => new("+", 0, Several(chance, depth)),
        4 or 5 or 6 => new("*", 0, Several(chance, depth)),
        7 => new("/", 0, [Of(chance, depth + 1), Of(chance, depth + 1)]),
        8 => new("^", 0, [Of(chance, depth + 1), Of(chance.Next(2, 4))]),
        _ => new(chance.Next(0, 2) switch { 0 => "sqrt", 1 => "sin", _ => "exp" }, 0, [Of(chance, depth + 1)]),
    };

    public string Latex() => Head switch
    {
        "#" => Number.ToString(CultureInfo.InvariantCulture),
        "+" => string.Join(" + ", Parts.Select(part => part.Latex())),
        "*" => string.Join(" \\cdot ", Parts.Select(part => $"\\left({part.Latex()}\\right)")),
        "/" => $"\\frac{{{Parts[0].Latex()}}}{{{Parts[1].Latex()}}}",
        "^" => $"\\left({Parts[0].Latex()}\\right)^{{{Parts[1].Latex()}}}",
        "sqrt" => $"\\sqrt{{{Parts[0].Latex()}}}",
        "sin" => $"\\sin\\left({Parts[0].Latex()}\\right)",
        "exp" => $"e^{{{Parts[0].Latex()}}}",
        _ => Head,
    };

    public string Plain() => Head switch
    {
        "#" => Number.ToString(CultureInfo.InvariantCulture),
        "+" or "*" or "/" => string.Join(Head, Parts.Select(part => $"({part.Plain()})")),
        "^" => $"({Parts[0].Plain()})^({Parts[1].Plain()})",
        "sqrt" or "sin" or "exp" => $"{Head}({Parts[0].Plain()})",
        _ => Head,
    };

    /// <summary>The same with terms and factors in another order.</summary>
    public RandomFormula Shuffled(RandomSequence chance)
    {
        var parts = Parts.Select(part => part.Shuffled(chance)).ToArray();
        if (Head is "+" or "*")
            chance.Shuffle(parts.AsSpan());

        return this with { Parts = parts };
    }

    /// <summary>The same with one leaf another.</summary>
    public RandomFormula Disturbed(RandomSequence chance)
    {
        if (Parts.Count == 0)
            return Head == "#" ? Of(Number + 1) : Of(5);

        var chosen = chance.Next(0, Parts.Count - 1);
        return this with { Parts = [.. Parts.Select((part, place) => place == chosen ? part.Disturbed(chance) : part)] };
    }

    public bool IsDefinedSomewhere() => Points.Count(point => IsModerate(At(point.X, point.Y))) == Points.Length;

    /// <summary>Whether doubles are sure that another formula has another value.</summary>
    public bool DiffersFrom(RandomFormula other) => Points.Any(point =>
    {
        var (a, b) = (At(point.X, point.Y), other.At(point.X, point.Y));
        return IsModerate(a) && IsModerate(b) && Math.Abs(a - b) > 1e-6 * (1 + Math.Abs(a));
    });

    private double At(double x, double y) => Head switch
    {
        "#" => Number,
        "x" => x,
        "y" => y,
        "+" => Parts.Sum(part => part.At(x, y)),
        "*" => Parts.Aggregate(1.0, (product, part) => product * part.At(x, y)),
        "/" => Parts[0].At(x, y) / Parts[1].At(x, y),
        "^" => Math.Pow(Parts[0].At(x, y), Parts[1].At(x, y)),
        "sqrt" => Math.Sqrt(Parts[0].At(x, y)),
        "sin" => Math.Sin(Parts[0].At(x, y)),
        _ => Math.Exp(Parts[0].At(x, y)),
    };

    private static bool IsModerate(double value) => Math.Abs(value) < 1e9;

    private static RandomFormula Of(int number) => new("#", number, []);

    private static RandomFormula[] Several(RandomSequence chance, int depth) =>
        [.. Enumerable.Range(0, chance.Next(2, 3)).Select(_ => Of(chance, depth + 1))];
}
