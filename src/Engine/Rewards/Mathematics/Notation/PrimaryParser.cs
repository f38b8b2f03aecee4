using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads what has no operator on its outside: numbers, names, fractions, roots, whatever stands in brackets.</summary>
internal static class PrimaryParser
{
    private const string Currencies = "$€£¥";

    /// <returns>Whether a factor without a sign for its multiplication may begin here.</returns>
    public static bool Starts(TokenCursor cursor) => cursor.Current switch
    {
        { Kind: TokenKind.Number or TokenKind.BaseNumber or TokenKind.Letter } => true,
        { Kind: TokenKind.Command } command => !command.Text.StartsWith("end", StringComparison.Ordinal),
        { Kind: TokenKind.Symbol, Text: "|" } => !cursor.BarEnds,
        { Kind: TokenKind.Symbol } symbol => symbol.Text is "(" or "[" or "{" or "\\{" or "⌊" or "⌈" or "⟨",
        _ => false,
    };

    /// <summary>A primary with what may follow it at once: !, %, °.</summary>
    public static Expression Postfixed(TokenCursor cursor) => Postfixes(cursor, Parse(cursor));

    public static Expression Postfixes(TokenCursor cursor, Expression primary)
    {
        while (cursor.Current.Kind == TokenKind.Symbol)
        {
            if (cursor.TryTake("!"))
                primary = cursor.Current.IsSymbol("!") ? cursor.Fail() : Expression.Named(Operator.Call, "factorial", primary);
            else if (cursor.TryTake("%"))
                primary = Expression.Of(Operator.Percent, primary);
            else if (cursor.TryTake("°"))
                primary = UnitParser.Degrees(cursor, primary);
            else
                break;
        }

        return primary;
    }

    public static Expression Parse(TokenCursor cursor)
    {
        var token = cursor.Current;
        return token.Kind switch
        {
            TokenKind.Number => Number(cursor.Take()),
            TokenKind.BaseNumber => BaseNumber(cursor.Take()),
            TokenKind.Letter => NameParser.Letter(cursor),
            TokenKind.Words => NameParser.Label(cursor),
            TokenKind.Command => Command(cursor),
            TokenKind.Symbol when Currencies.Contains(token.Text, StringComparison.Ordinal) => Money(cursor),
            TokenKind.Symbol => BracketParser.Parse(cursor),
            _ => cursor.Fail(),
        };
    }

    /// <summary>An argument as TeX takes it: a group, or the next digit or name alone.</summary>
    public static Expression Argument(TokenCursor cursor) =>
        cursor.Current.Kind == TokenKind.Number ? Number(cursor.TakeDigit()) : cursor.Nested(barEnds: false, Parse);

    private static Expression Number(Token token) => Expression.Number(token.Value, token.Text);

    private static Expression BaseNumber(Token token) => new(Operator.BaseNumber, [], token.Text, token.Value);

    private static Expression Money(TokenCursor cursor)
    {
        var currency = cursor.Take().Text;
        var amount = cursor.Current.Kind == TokenKind.Number ? Parse(cursor) : cursor.Fail();
        return Expression.Named(Operator.Quantity, currency, amount);
    }

    private static Expression Command(TokenCursor cursor)
    {
        var name = cursor.Current.Text;
        if (Vocabulary.Functions.ContainsKey(name) && name is not "sqrt")
            return FunctionParser.Parse(cursor);
        if (name.StartsWith("begin ", StringComparison.Ordinal))
            return MatrixParser.Parse(cursor);

        cursor.Take();
        return name switch
        {
            "frac" => Fraction(cursor),
            "sqrt" => Root(cursor),
            "binom" => Expression.Named(Operator.Call, "binomial", Argument(cursor), Argument(cursor)),
            "pi" => Expression.Constant("π"),
            "infty" => Expression.Infinity,
            "emptyset" => Expression.Of(Operator.Set),
            "ℝ" or "ℤ" or "ℕ" or "ℚ" or "ℂ" => Expression.Named(Operator.NamedSet, name),
            "sum" or "prod" => FunctionParser.Series(cursor, name),
            "overline" or "bar" => Expression.Variable($"{name} {NameParser.Subscript(cursor)}"),
            _ => cursor.Fail(),
        };
    }

    /// <summary>dy/dx is no fraction, and derivatives are not known here.</summary>
    private static Expression Fraction(TokenCursor cursor)
    {
        var (top, bottom) = (Argument(cursor), Argument(cursor));
        return BeginsWithD(top) && bottom.Is(Operator.Product) && BeginsWithD(bottom) ? cursor.Fail() : Expression.Of(Operator.Quotient, top, bottom);
    }

    private static bool BeginsWithD(Expression part) => part.Is(Operator.Variable, "d") || (part.Is(Operator.Product) && part[0].Is(Operator.Variable, "d"));

    private static Expression Root(TokenCursor cursor)
    {
        var degree = Expression.Number(2);
        if (cursor.TryTake("["))
        {
            degree = cursor.Nested(barEnds: false, ArithmeticParser.Sum);
            cursor.Expect("]");
        }

        var radicand = cursor.Current.Kind == TokenKind.Number ? Number(cursor.Take()) : cursor.Nested(barEnds: false, Parse);
        return Expression.Of(Operator.Root, radicand, degree);
    }
}
