using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads functions with and without brackets, their powers and bases, sums and products with bounds.</summary>
/// <remarks>sin 2x cos x is sin(2x)·cos x; sin² x is (sin x)², and sin⁻¹ x is arcsin x.</remarks>
internal static class FunctionParser
{
    public static Expression Parse(TokenCursor cursor)
    {
        var name = Vocabulary.Functions[cursor.Take().Text];
        Expression? power = null, @base = null;
        for (var i = 0; i < 2; i++)
        {
            if (power is null && cursor.TryTake("^"))
                power = ArithmeticParser.Exponent(cursor);
            else if (@base is null && name == "log" && cursor.TryTake("_"))
                @base = cursor.Current.Kind == TokenKind.Number && !cursor.Next.AfterSpace && !PrimaryStartsAfterNumber(cursor)
                    ? PrimaryParser.Argument(cursor)
                    : cursor.Nested(barEnds: false, PrimaryParser.Parse);
        }

        var arguments = Arguments(cursor);
        if (IsInverse(power))
            return Call(cursor, name switch { "sin" or "cos" or "tan" or "cot" => "arc" + name, _ => "" }, arguments, null);

        var call = Call(cursor, name, arguments, @base);
        return power is null ? call : Expression.Of(Operator.Power, call, power);
    }

    /// <summary>Σ_{k=1}^{n} of the product that follows.</summary>
    public static Expression Series(TokenCursor cursor, string name)
    {
        cursor.Expect("_");
        cursor.Expect("{");
        var start = cursor.Nested(barEnds: false, AnswerParser.Statement);
        cursor.Expect("}");
        cursor.Expect("^");
        var end = cursor.Nested(barEnds: false, PrimaryParser.Parse);
        var term = cursor.Nested(barEnds: cursor.BarEnds, ArithmeticParser.Product);
        return start is { Operator: Operator.Relation, Name: "=", Parts: [{ Operator: Operator.Variable } index, var lower] }
            ? Expression.Named(Operator.Series, name, index, lower, end, term)
            : cursor.Fail();
    }

    /// <summary>In log_28 the base is 2, in log_2 8 too, and in log_10 x it is 10.</summary>
    private static bool PrimaryStartsAfterNumber(TokenCursor cursor) =>
        cursor.Next.Kind is TokenKind.Number or TokenKind.Letter or TokenKind.Command || cursor.Next is { Kind: TokenKind.Symbol, Text: "(" or "{" or "[" or "|" };

    private static bool IsInverse(Expression? power) => power is { Operator: Operator.Negation, Parts: [{ Operator: Operator.Number } one] } && one.Value == ExactNumber.One;

    private static ImmutableArray<Expression> Arguments(TokenCursor cursor)
    {
        if (cursor.Current.Kind == TokenKind.Symbol && cursor.Current.Text is "(" or "[" or "\\{" or "{")
        {
            var content = cursor.Nested(barEnds: false, BracketParser.Parse);
            return content.Operator is Operator.Tuple or Operator.Set or Operator.List ? content.Parts : [content];
        }

        return [cursor.Nested(cursor.BarEnds, Bare)];
    }

    /// <summary>Factors without brackets, up to the next function; a slash belongs to it after π, as in sin π/6.</summary>
    private static Expression Bare(TokenCursor cursor)
    {
        ImmutableArray<Expression> factors = [ArithmeticParser.Factor(cursor)];
        while (PrimaryParser.Starts(cursor) && cursor.Current.Kind != TokenKind.Number
            && !(cursor.Current.Kind == TokenKind.Command && Vocabulary.Functions.ContainsKey(cursor.Current.Text)))
            factors = factors.Add(ArithmeticParser.Power(cursor));

        var argument = ArithmeticParser.Joined(factors);
        return argument.Contains(node => node.Is(Operator.Constant, "π")) && cursor.Current.IsSymbol("/") && cursor.Next.Kind == TokenKind.Number
            ? Expression.Of(Operator.Quotient, argument, Divisor(cursor))
            : argument;
    }

    private static Expression Divisor(TokenCursor cursor)
    {
        cursor.Take();
        return PrimaryParser.Parse(cursor);
    }

    private static Expression Call(TokenCursor cursor, string name, ImmutableArray<Expression> arguments, Expression? @base) => (name, arguments) switch
    {
        ("max" or "min" or "gcd" or "lcm", _) => new Expression(Operator.Call, arguments, name),
        (_, not [_]) => cursor.Fail(),
        ("exp", [var exponent]) => Expression.Of(Operator.Power, Expression.Constant("e"), exponent),
        ("cbrt", [var radicand]) => Expression.Of(Operator.Root, radicand, Expression.Number(3)),
        ("lg", [var number]) => Expression.Named(Operator.Call, "log", number, Expression.Number(10)),
        ("log", [var number]) when @base is not null => Expression.Named(Operator.Call, "log", number, @base),
        ("", _) => cursor.Fail(),
        _ => new Expression(Operator.Call, arguments, name),
    };
}
