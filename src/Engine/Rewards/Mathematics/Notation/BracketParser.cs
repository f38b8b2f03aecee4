using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads whatever opens with a bracket: groups, tuples and intervals, sets, absolute values, floors and ceilings.</summary>
internal static class BracketParser
{
    public static Expression Parse(TokenCursor cursor) => cursor.Current.Text switch
    {
        "(" or "[" => Round(cursor),
        "{" => Group(cursor),
        "\\{" => Set(cursor),
        "|" => Between(cursor, "|", "|", "abs"),
        "⌊" => Between(cursor, "⌊", "⌋", "floor"),
        "⌈" => Between(cursor, "⌈", "⌉", "ceil"),
        "⟨" => Angles(cursor),
        _ => cursor.Fail(),
    };

    /// <summary>A group, or a tuple or interval with its brackets for a name.</summary>
    private static Expression Round(TokenCursor cursor)
    {
        var open = cursor.Take().Text;
        var content = cursor.Nested(barEnds: false, AnswerParser.Statements);
        var close = cursor.Current.Text;
        if (!cursor.TryTake(")") && !cursor.TryTake("]"))
            return cursor.Fail();
        if (content.Is(Operator.List, ","))
            return content with { Operator = Operator.Tuple, Name = open + close };
        if ((open == "(") != (close == ")"))
            return cursor.Fail();
        if (cursor.Current.IsSymbol("_") && content.Is(Operator.Number))
            return Based(cursor, content);

        return content;
    }

    /// <summary>(52)_8.</summary>
    private static Expression Based(TokenCursor cursor, Expression digits)
    {
        cursor.Take();
        var radix = NameParser.Subscript(cursor);
        return int.TryParse(radix, out var number) || Vocabulary.BaseWords.TryGetValue(radix, out number)
            ? new Expression(Operator.BaseNumber, [], digits.Name, number)
            : cursor.Fail();
    }

    /// <summary>LaTeX's braces group; with commas inside they are the set that plain text means.</summary>
    private static Expression Group(TokenCursor cursor)
    {
        cursor.Take();
        if (cursor.TryTake("}"))
            return Expression.Of(Operator.Set);

        var content = cursor.Nested(barEnds: false, AnswerParser.Statements);
        if (cursor.TryTake("choose"))
            content = Expression.Named(Operator.Call, "binomial", content, cursor.Nested(barEnds: false, ArithmeticParser.Sum));

        cursor.Expect("}");
        return content.Is(Operator.List, ",") ? Expression.Of(Operator.Set, content.Parts) : content;
    }

    private static Expression Set(TokenCursor cursor)
    {
        cursor.Take();
        if (cursor.TryTake("\\}"))
            return Expression.Of(Operator.Set);

        var content = cursor.Nested(barEnds: true, AnswerParser.Statements);
        if (cursor.TryTake("|") || cursor.TryTake(":"))
        {
            var condition = cursor.Nested(barEnds: false, AnswerParser.Statements);
            content = content.Is(Operator.Relation, "∈") ? content[0] : content;
            cursor.Expect("\\}");
            return content.Is(Operator.Variable) ? Expression.Of(Operator.SetBuilder, content, condition) : cursor.Fail();
        }

        cursor.Expect("\\}");
        return Expression.Of(Operator.Set, content.Is(Operator.List) ? content.Parts : [content]);
    }

    private static Expression Between(TokenCursor cursor, string open, string close, string function)
    {
        cursor.Expect(open);
        var content = cursor.Nested(barEnds: true, ArithmeticParser.Sum);
        cursor.Expect(close);
        return Expression.Named(Operator.Call, function, content);
    }

    private static Expression Angles(TokenCursor cursor)
    {
        cursor.Take();
        var content = cursor.Nested(barEnds: false, AnswerParser.Statements);
        cursor.Expect("⟩");
        return Expression.Named(Operator.Tuple, "()", content.Is(Operator.List) ? content.Parts : [content]);
    }
}
