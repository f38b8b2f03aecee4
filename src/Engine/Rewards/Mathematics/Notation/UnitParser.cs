using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads the words after a value as its unit: cm, \text{ m}/\text{s}^2, square inches.</summary>
internal static class UnitParser
{
    public static Expression Attach(TokenCursor cursor, Expression value)
    {
        var unit = IsFraction(cursor) ? Fraction(cursor) : Word(cursor);
        if (Scale(unit) is { } scale && (value.Is(Operator.Quantity) ? value[0] : value) is { Operator: Operator.Number } number)
            return value.Is(Operator.Quantity) ? value with { Parts = [Expression.Number(number.Value * scale)] } : Expression.Number(number.Value * scale);

        while (!cursor.IsAtEnd)
        {
            if (cursor.Current.IsSymbol("/") && cursor.Next.Kind is TokenKind.Words or TokenKind.Letter)
            {
                cursor.Take();
                unit += "/" + Word(cursor);
            }
            else if (cursor.Current.IsSymbol("*") && cursor.Next.Kind == TokenKind.Words)
            {
                cursor.Take();
                unit += " " + Word(cursor);
            }
            else if (cursor.Current.Kind == TokenKind.Words)
            {
                unit += " " + Word(cursor);
            }
            else
            {
                break;
            }
        }

        return unit is "percent" or "per cent" or "pct" ? Expression.Of(Operator.Percent, value)
            : value.Is(Operator.Quantity) ? value with { Name = $"{value.Name} {unit}" }
            : Expression.Named(Operator.Quantity, unit, value);
    }

    /// <summary>m/s after a number is a unit even where each letter alone would be a variable, and so is a fraction of words.</summary>
    public static bool Starts(TokenCursor cursor) => IsFraction(cursor)
        || cursor.Previous.Kind == TokenKind.Number && cursor.Current is { Kind: TokenKind.Letter, Text: "m" or "g" or "L" }
        && cursor.Next.IsSymbol("/") && cursor.Ahead(2) is { Kind: TokenKind.Letter, Text: "s" or "h" or "L" };

    /// <summary>After the sign of degrees: an angle, or a temperature where C or F follows.</summary>
    public static Expression Degrees(TokenCursor cursor, Expression value)
    {
        var scale = cursor.Current is { Kind: TokenKind.Letter or TokenKind.Words, Text: "C" or "F" } ? cursor.Take().Text : "";
        return Expression.Named(Operator.Quantity, "°" + scale, value);
    }

    private static bool IsFraction(TokenCursor cursor) =>
        cursor.Current.IsCommand("frac") && cursor.Next.IsSymbol("{") && cursor.Ahead(2).Kind == TokenKind.Words
        && cursor.Ahead(3).IsSymbol("}") && cursor.Ahead(4).IsSymbol("{");

    /// <summary>\frac{\text{m}}{\text{s}^2}.</summary>
    private static string Fraction(TokenCursor cursor)
    {
        cursor.Take();
        cursor.Expect("{");
        var top = Word(cursor);
        cursor.Expect("}");
        cursor.Expect("{");
        var bottom = Word(cursor);
        cursor.Expect("}");
        return $"{top}/{bottom}";
    }

    private static int? Scale(string word) => word switch
    {
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        _ => null,
    };

    /// <summary>A word with its exponent.</summary>
    private static string Word(TokenCursor cursor)
    {
        var word = cursor.Take().Text;
        if (!cursor.Current.IsSymbol("^"))
            return word;

        cursor.Take();
        var power = NameParser.Subscript(cursor);
        return $"{word}^{power}";
    }
}
