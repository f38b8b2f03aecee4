using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads an answer: statements with commas, "and" or "or" between them; a statement is a chain of relations or a value.</summary>
internal static class AnswerParser
{
    private const string Relations = "=<>≤≥≠≈≡∈";

    /// <summary>Levels of an expression: brackets within brackets, and slashes or percent signs in a row. A small stack bears as many.</summary>
    private const int MaxLevels = 64;

    /// <param name="joinsCommas">Whether 1,234 is one number.</param>
    /// <returns>Null where the text is no notation that is known here.</returns>
    public static Expression? Parse(string text, bool joinsCommas)
    {
        if (Tokenizer.Cut(text, joinsCommas) is not { Length: > 0 } tokens)
            return null;
        if (WordsParser.Parse(tokens) is { } words)
            return words;

        var cursor = new TokenCursor(tokens);
        var answer = Statements(cursor);
        return cursor.Failed || !cursor.IsAtEnd || answer.IsDeeperThan(MaxLevels) ? null : answer;
    }

    public static Expression Statements(TokenCursor cursor)
    {
        var first = Statement(cursor);
        if (Separator(cursor) is not { } word)
            return first;

        var parts = ImmutableArray.CreateBuilder<Expression>();
        parts.Add(first);
        for (var separator = word; separator is not null; separator = Separator(cursor))
        {
            word = separator == "," ? word : separator;
            parts.Add(Statement(cursor));
        }

        return Expression.Named(Operator.List, word, parts.DrainToImmutable());
    }

    public static Expression Statement(TokenCursor cursor)
    {
        var first = SetExpression(cursor);
        if (Relation(cursor) is not { } sign)
            return first;

        var (signs, parts) = (sign, ImmutableArray.Create(first, SetExpression(cursor)));
        while (Relation(cursor) is { } next)
            (signs, parts) = (signs + next, parts.Add(SetExpression(cursor)));

        return Expression.Named(Operator.Relation, signs, parts);
    }

    private static string? Relation(TokenCursor cursor) =>
        cursor.Current.Kind == TokenKind.Symbol && Relations.Contains(cursor.Current.Text, StringComparison.Ordinal) ? cursor.Take().Text : null;

    /// <summary>Takes a comma, a semicolon, "and", "or", and a comma with a word after it.</summary>
    private static string? Separator(TokenCursor cursor)
    {
        var separated = cursor.TryTake(",") || cursor.TryTake(";");
        return cursor.TryTake("and") ? "and"
            : cursor.TryTake("or") ? "or"
            : separated ? ","
            : null;
    }

    private static Expression SetExpression(TokenCursor cursor)
    {
        var left = Ratio(cursor);
        while (cursor.Current.Kind == TokenKind.Symbol && SetOperator(cursor.Current.Text) is { } set)
        {
            cursor.Take();
            left = Expression.Of(set, left, Ratio(cursor));
        }

        return left;
    }

    private static Expression Ratio(TokenCursor cursor)
    {
        ImmutableArray<Expression> parts = [ArithmeticParser.Sum(cursor)];
        while (!cursor.BarEnds && cursor.TryTake(":"))
            parts = parts.Add(ArithmeticParser.Sum(cursor));

        return parts.Length == 1 ? parts[0] : Expression.Of(Operator.Ratio, parts);
    }

    private static Operator? SetOperator(string symbol) => symbol switch
    {
        "∪" => Operator.Union,
        "∩" => Operator.Intersection,
        "∖" => Operator.Difference,
        _ => null,
    };
}
