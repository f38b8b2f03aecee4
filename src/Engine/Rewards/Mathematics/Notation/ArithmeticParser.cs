using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads sums, products with and without a sign, and powers.</summary>
/// <remarks>1/2x is (1/2)·x: a slash takes one factor. A number and a proper fraction side by side are a mixed number.</remarks>
internal static class ArithmeticParser
{
    public static Expression Sum(TokenCursor cursor)
    {
        var first = IsSign(cursor.Current) ? Signed(cursor.Take().Text, Product(cursor)) : Product(cursor);
        if (!IsSign(cursor.Current))
            return first;

        var terms = ImmutableArray.CreateBuilder<Expression>();
        terms.Add(first);
        while (IsSign(cursor.Current))
        {
            var sign = cursor.Take().Text;
            terms.Add(Signed(sign, Product(cursor)));
        }

        return Expression.Of(Operator.Sum, terms.DrainToImmutable());
    }

    public static Expression Product(TokenCursor cursor)
    {
        ImmutableArray<Expression> factors = [Factor(cursor)];
        while (!cursor.IsAtEnd)
        {
            if (cursor.TryTake("*"))
                factors = factors.Add(Factor(cursor));
            else if (cursor.TryTake("/"))
                factors = [Expression.Of(Operator.Quotient, Joined(factors), Factor(cursor))];
            else if (cursor.Current.Kind == TokenKind.Words || UnitParser.Starts(cursor))
                factors = [UnitParser.Attach(cursor, Joined(factors))];
            else if (!PrimaryParser.Starts(cursor))
                break;
            else if (MixedNumber(cursor, factors[^1]) is { } mixed)
                factors = factors.SetItem(factors.Length - 1, PrimaryParser.Postfixes(cursor, mixed));
            else if (cursor.Current.Kind == TokenKind.Number && !cursor.Previous.IsSymbol("}") && !cursor.Previous.IsSymbol(")"))
                return cursor.Fail();
            else
                factors = factors.Add(Power(cursor));
        }

        return Joined(factors);
    }

    /// <summary>A power with any signs before it.</summary>
    public static Expression Factor(TokenCursor cursor) =>
        IsSign(cursor.Current)
            ? cursor.Nested(cursor.BarEnds, inner => Signed(inner.Take().Text, Factor(inner)))
            : Power(cursor);

    public static Expression Power(TokenCursor cursor)
    {
        var @base = PrimaryParser.Postfixed(cursor);
        while (cursor.TryTake("^"))
        {
            if (TryDegrees(cursor))
                @base = UnitParser.Degrees(cursor, @base);
            else
                @base = Expression.Of(Operator.Power, @base, Exponent(cursor));
        }

        return @base;
    }

    /// <summary>What stands after ^: a group, a signed factor without more factors, or a tower's next storey.</summary>
    public static Expression Exponent(TokenCursor cursor) => cursor.Nested(cursor.BarEnds, inner =>
    {
        var exponent = IsSign(inner.Current) ? Signed(inner.Take().Text, PrimaryParser.Parse(inner)) : PrimaryParser.Parse(inner);
        return inner.TryTake("^") ? Expression.Of(Operator.Power, exponent, Exponent(inner)) : exponent;
    });

    public static Expression Joined(ImmutableArray<Expression> factors) =>
        factors.Length == 1 ? factors[0] : Expression.Of(Operator.Product, factors);

    private static bool IsSign(Token token) => token is { Kind: TokenKind.Symbol, Text: "+" or "-" or "±" or "∓" };

    private static Expression Signed(string sign, Expression part) => sign switch
    {
        "+" => part,
        "-" => Expression.Of(Operator.Negation, part),
        _ => Expression.Named(Operator.PlusMinus, sign, part),
    };

    private static bool TryDegrees(TokenCursor cursor)
    {
        if (cursor.TryTake("°"))
            return true;
        if (!cursor.Current.IsSymbol("{") || !cursor.Next.IsSymbol("°") || !cursor.Ahead(2).IsSymbol("}"))
            return false;

        cursor.Take();
        cursor.Take();
        cursor.Take();
        return true;
    }

    /// <returns>The whole number before and the fraction here as one; null where they are no mixed number.</returns>
    private static Expression? MixedNumber(TokenCursor cursor, Expression whole)
    {
        if (!whole.Is(Operator.Number) || !whole.Value.IsInteger || cursor.Previous.Kind != TokenKind.Number)
            return null;

        var isPlain = cursor.Current is { Kind: TokenKind.Number, AfterSpace: true } && cursor.Next.IsSymbol("/") && cursor.Ahead(2).Kind == TokenKind.Number;
        if (!isPlain && !cursor.Current.IsCommand("frac"))
            return null;

        var fraction = isPlain ? PlainFraction(cursor) : PrimaryParser.Parse(cursor);
        return fraction is { Operator: Operator.Quotient, Parts: [{ Operator: Operator.Number } top, { Operator: Operator.Number } bottom] }
            && top.Value.IsInteger && bottom.Value.IsInteger && top.Value < bottom.Value
            ? Mixed(whole, fraction)
            : Expression.Of(Operator.Product, whole, fraction);
    }

    private static Expression PlainFraction(TokenCursor cursor)
    {
        var top = PrimaryParser.Parse(cursor);
        cursor.Take();
        return Expression.Of(Operator.Quotient, top, PrimaryParser.Parse(cursor));
    }

    private static Expression Mixed(Expression whole, Expression fraction)
    {
        var (top, bottom) = (fraction[0].Value, fraction[1].Value);
        return (top / bottom).Denominator == bottom.Numerator
            ? Expression.Number(whole.Value + (top / bottom), "mixed")
            : Expression.Of(Operator.Sum, whole, fraction);
    }
}
