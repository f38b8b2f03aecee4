using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads the words after a value as its unit: cm, \text{ m}/\text{s}^2, square inches.</summary>
internal static class UnitParser
{
    public static Expression Attach(TokenCursor cursor, Expression value)
    {
        var unit = Word(cursor);
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

        return Scale(unit) is { } scale && value.Is(Operator.Number) ? Expression.Number(value.Value * scale)
            : unit is "percent" or "per cent" or "pct" ? Expression.Of(Operator.Percent, value)
            : value.Is(Operator.Quantity) ? value with { Name = $"{value.Name} {unit}" }
            : Expression.Named(Operator.Quantity, unit, value);
    }

    /// <summary>m/s and the like after a number are a unit even where each letter alone would be a variable.</summary>
    public static bool IsSpeed(TokenCursor cursor) =>
        cursor.Previous.Kind == TokenKind.Number && cursor.Current is { Kind: TokenKind.Letter, Text: "m" or "g" or "L" }
        && cursor.Next.IsSymbol("/") && cursor.Ahead(2) is { Kind: TokenKind.Letter, Text: "s" or "h" or "L" };

    /// <summary>After the sign of degrees: an angle, or a temperature where C or F follows.</summary>
    public static Expression Degrees(TokenCursor cursor, Expression value)
    {
        var scale = cursor.Current is { Kind: TokenKind.Letter or TokenKind.Words, Text: "C" or "F" } ? cursor.Take().Text : "";
        return Expression.Named(Operator.Quantity, "°" + scale, value);
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
        var power = PrimaryParser.Subscript(cursor);
        return $"{word}^{power}";
    }
}
