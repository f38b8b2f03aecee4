using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads names: variables with subscripts, e and i, a function's letter with its arguments, words before an equals sign.</summary>
internal static class NameParser
{
    /// <summary>Letters that stand for functions when brackets with a name or a number follow.</summary>
    private const string FunctionLetters = "fghFGHPQpqTr";

    public static Expression Letter(TokenCursor cursor)
    {
        var name = cursor.Take().Text;
        if (cursor.TryTake("_"))
            return Expression.Variable($"{name}_{Subscript(cursor)}");
        if (name is "e" or "i")
            return Expression.Constant(name);
        if (!FunctionLetters.Contains(name) || !cursor.Current.IsSymbol("("))
            return Expression.Variable(name);

        var arguments = BracketParser.Parse(cursor);
        return arguments.Operator is Operator.Variable or Operator.Number ? Expression.Named(Operator.Application, name, arguments)
            : arguments.Is(Operator.Tuple) && arguments.Parts.All(part => part.Is(Operator.Variable)) ? new Expression(Operator.Application, arguments.Parts, name)
            : Expression.Of(Operator.Product, Expression.Variable(name), arguments);
    }

    /// <returns>The letters and digits of a subscript.</returns>
    public static string Subscript(TokenCursor cursor)
    {
        if (!cursor.TryTake("{"))
            return cursor.Take().Text;

        var text = "";
        while (!cursor.IsAtEnd && !cursor.Current.IsSymbol("}"))
            text += cursor.Take().Text;

        cursor.Expect("}");
        return text;
    }

    /// <summary>Words before a sign of relation name what follows it: Area = 5.</summary>
    public static Expression Label(TokenCursor cursor)
    {
        var words = cursor.Take().Text;
        while (cursor.Current.Kind == TokenKind.Words)
            words += " " + cursor.Take().Text;

        return cursor.Current.IsSymbol("=") || cursor.Current.IsSymbol("≈") ? Expression.Variable("word " + WordsParser.Normalize(words)) : cursor.Fail();
    }
}
